import { data, redirect } from "@remix-run/node";

import { securityForm } from "#app/contracts/forms/security.ts";
import { authSentence } from "#app/contracts/messages/auth.ts";
import { getSecondFactor, renewRecoveryCodes, type SignedIn, turnOffSecondFactor } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { formReply, parseForm } from "./forms.server.ts";

type Asked = { ctx: Ctx; signedIn: SignedIn; request: Request };

/** How a person signs in, for the portal's settings and the console's alike. */
export async function readSecurity({ ctx, signedIn, request }: Asked) {
  return {
    email: signedIn.email,
    isStaff: signedIn.role !== "customer",
    factor: await getSecondFactor(ctx.db, signedIn.loginId),
    done: new URL(request.url).searchParams.get("done"),
  };
}

const pathOf = (request: Request): string => new URL(request.url).pathname.replace(/\.data$/, "");

/** Does what one of the page's buttons asks; a change that needs a fresh proof is done after it, at a second press. */
export async function changeSecurity({ ctx, signedIn, request }: Asked) {
  const form = await parseForm(request, securityForm);
  if (!form.ok) return data(form.reply, { status: 422 });
  const { sessionId } = signedIn;
  const done = await carryOut(ctx, sessionId, form.value);
  if (done.ok) {
    if (done.value !== null) return { ok: true as const, codes: done.value.recoveryCodes };
    return redirect(`${pathOf(request)}?done=${form.value.intent}`, 303);
  }
  if (done.reason === "proof_needed") return redirect(`/confirm?to=${encodeURIComponent(pathOf(request))}`, 303);
  return formReply(form.values, { message: authSentence(done) });
}

type Wish = (typeof securityForm)["_output"];

function carryOut(ctx: Ctx, sessionId: string, wish: Wish) {
  switch (wish.intent) {
    case "factor_off":
      return turnOffSecondFactor({ ctx, input: { sessionId } });
    case "recovery_codes":
      return renewRecoveryCodes({ ctx, input: { sessionId } });
  }
}
