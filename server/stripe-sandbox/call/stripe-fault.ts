export type ErrorBody = {
  type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error" | "rate_limit_error";
  message: string;
  code?: string;
  decline_code?: string;
  advice_code?: string;
  network_decline_code?: string;
  param?: string;
  charge?: string;
  doc_url?: string;
  request_log_url?: string;
  payment_intent?: unknown;
  payment_method?: unknown;
  payment_method_type?: string;
  setup_intent?: unknown;
};

/** An answer that is an error and undoes whatever the call had done. */
export class StripeFault extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  /** False where Stripe would not even have begun: such an answer is not kept under the idempotency key. */
  readonly began: boolean;

  constructor(fault: { status: number; body: ErrorBody; began?: boolean }) {
    super(fault.body.message);
    this.status = fault.status;
    this.body = fault.body;
    this.began = fault.began ?? true;
  }
}

export function docUrl(code: string): string {
  return `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`;
}

/** A parameter is missing or wrong. */
export function badParameter(fault: { code?: string; param: string; message: string }): StripeFault {
  const { code, param, message } = fault;
  const coded = code === undefined ? {} : { code, doc_url: docUrl(code) };
  return new StripeFault({
    status: 400,
    began: false,
    body: { type: "invalid_request_error", message, param, ...coded },
  });
}

export function missingParameter(param: string): StripeFault {
  return badParameter({ code: "parameter_missing", param, message: `Missing required param: ${param}.` });
}

/** The call is well formed, but the object's state does not allow it. */
export function refusal(fault: {
  code?: string;
  message: string;
  param?: string;
  extra?: Partial<ErrorBody>;
}): StripeFault {
  const { code, message, param, extra } = fault;
  return new StripeFault({
    status: 400,
    body: {
      type: "invalid_request_error",
      message,
      ...(code === undefined ? {} : { code, doc_url: docUrl(code) }),
      ...(param === undefined ? {} : { param }),
      ...extra,
    },
  });
}

/** What Stripe calls some objects where it does not find them. */
const nouns: Record<string, string> = {
  payment_intent: "payment_intent",
  setup_intent: "setupintent",
  payment_method: "PaymentMethod",
  confirmation_token: "confirmation_token",
};

/** A parameter names an object that is not there: the call is wrong, not its address. */
export function noSuch(kind: string, id: string, param: string): StripeFault {
  return badParameter({
    code: "resource_missing",
    param,
    message: `No such ${nouns[kind] ?? kind.replaceAll("_", " ")}: '${id}'`,
  });
}

export function notFound(kind: string, id: string): StripeFault {
  const noun = nouns[kind] ?? kind.replaceAll("_", " ");
  return new StripeFault({
    status: 404,
    body: {
      type: "invalid_request_error",
      code: "resource_missing",
      doc_url: docUrl("resource_missing"),
      message: `No such ${noun}: '${id}'`,
      param: { payment_intent: "intent", setup_intent: "intent", payment_method: "payment_method" }[kind] ?? "id",
    },
  });
}
