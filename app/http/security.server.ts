import { data } from "@remix-run/node";

import { securityForm } from "#app/contracts/forms/security.ts";
import { authSentence } from "#app/contracts/messages/auth.ts";
import { deviceName } from "#app/contracts/device-name.ts";
import {
  addPasskey,
  getSecondFactor,
  isRecentlyProved,
  listPasskeys,
  removePasskey,
  requestEmailChange,
  renewRecoveryCodes,
  type SignedIn,
  turnOffSecondFactor,
} from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { formReply, parseForm } from "./forms.server.ts";
import { redirect } from "./redirect.server.ts";

type Asked = { ctx: Ctx; signedIn: SignedIn; request: Request };

/** How a person signs in, for the portal's settings and the console's alike. */
export async function readSecurity({ ctx, signedIn, request }: Asked) {
  const { loginId, sessionId } = signedIn;
  const [factor, passkeys, proved] = await Promise.all([
    getSecondFactor(ctx.db, loginId),
    listPasskeys(ctx.db, loginId),
    isRecentlyProved(ctx.db, { loginId, sessionId }),
  ]);
  return {
    email: signedIn.email,
    isStaff: signedIn.role !== "customer",
    factor,
    passkeys,
    proved,
    done: new URL(request.url).searchParams.get("done"),
  };
}

const pathOf = (request: Request): string => new URL(request.url).pathname.replace(/\.data$/, "");

/** Does what one of the page's buttons asks; a change that needs a fresh proof is done after it, at a second press. */
export async function changeSecurity({ ctx, signedIn, request }: Asked) {
  const form = await parseForm(request, securityForm);
  if (!form.ok) return data(form.reply, { status: 422 });
  const { sessionId } = signedIn;
  const done = await carryOut({ ctx, sessionId, device: deviceName(request.headers.get("user-agent")) }, form.value);
  if (done.ok) {
    if (done.value !== null && "recoveryCodes" in done.value)
      return { ok: true as const, codes: done.value.recoveryCodes };
    return redirect(`${pathOf(request)}?done=${form.value.intent}`, 303);
  }
  if (done.reason === "proof_needed") return redirect(`/confirm?to=${encodeURIComponent(pathOf(request))}`, 303);
  return formReply(form.values, { message: authSentence(done) });
}

type Wish = (typeof securityForm)["_output"];

function carryOut({ ctx, sessionId, device }: { ctx: Ctx; sessionId: string; device: string }, wish: Wish) {
  switch (wish.intent) {
    case "factor_off":
      return turnOffSecondFactor({ ctx, input: { sessionId } });
    case "recovery_codes":
      return renewRecoveryCodes({ ctx, input: { sessionId } });
    case "email":
      return requestEmailChange({ ctx, input: { email: wish.email, sessionId } });
    case "add_passkey":
      return addPasskey({ ctx, input: { answer: wish.answer, name: device, sessionId } });
    case "remove_passkey":
      return removePasskey({ ctx, input: { passkeyId: wish.passkeyId, sessionId } });
  }
}
