import { isMissing, parametersOf } from "../catalogue/parameters.ts";
import { type Form } from "./params.ts";
import { type Endpoint } from "./reply.ts";
import { badParameter } from "./stripe-fault.ts";

/** Stripe takes no parameter that it does not know, and the stand-in none that it would have to ignore. */
export function checkParameters(endpoint: Endpoint, params: Form): void {
  const known = parametersOf(endpoint);
  for (const param of Object.keys(params)) {
    if (!known.includes(param))
      throw badParameter({ code: "parameter_unknown", param, message: `Received unknown parameter: ${param}` });
    if (isMissing(endpoint.method, param) && params[param] !== "")
      throw badParameter({ param, message: `Stripe takes ${param}; the stand-in does not do it.` });
  }
}

/** From this version on intents take `allowed_payment_method_types`; an SDK pinned to an older one sends what was before. */
const renamedIn = "2026-09-30";

/** What an older version of the API sent, as it is called now. */
export function asNow(params: Form, version: string | undefined): Form {
  const { payment_method_types: types } = params;
  if (types === undefined || version === undefined || version.slice(0, renamedIn.length) >= renamedIn) return params;
  const now: Form = Object.assign(Object.create(null) as Form, params, { allowed_payment_method_types: types });
  Reflect.deleteProperty(now, "payment_method_types");
  return now;
}
