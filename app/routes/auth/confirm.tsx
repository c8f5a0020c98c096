import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { errorsOf } from "#app/contracts/form-reply.ts";
import { confirmForm } from "#app/contracts/forms/second-factor.ts";
import { authSentence } from "#app/contracts/messages/auth.ts";
import { ConfirmStep } from "#app/features/auth/confirm-step.tsx";
import { PasskeyButton } from "#app/features/auth/passkey-button.tsx";
import { requireSignedIn, serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { homeOf, wishedPath } from "#app/http/sign-in.server.ts";
import { getLogin, listPasskeys, type Proof, proveAgain, requestSignInCode } from "#server/domains/auth/index.ts";

export const meta = () => [{ title: "Confirm it is you" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, signedIn } = await requireSignedIn(args);
    const { email, hasFactor, hasPassword } = await getLogin(ctx.db, signedIn.loginId);
    const passkeys = await listPasskeys(ctx.db, signedIn.loginId);
    const way = hasFactor ? ("factor" as const) : hasPassword ? ("password" as const) : ("mail" as const);
    return { email, way, hasPasskey: passkeys.length > 0 };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, signedIn } = await requireSignedIn(args);
    const form = await parseForm(args.request, confirmForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const { value, values } = form;
    const { sessionId, email, role } = signedIn;
    const { ip } = serverOf(args);
    if (value.intent === "mail_code") {
      const sent = await requestSignInCode({ ctx, input: { email, ip } });
      if (sent.ok) return data({ ok: true as const, values: { request: sent.value.request } });
      return formReply(values, { message: authSentence(sent), status: 429 });
    }
    const proved = await proveAgain({ ctx, input: { sessionId, ip, proof: proofOf(value) } });
    if (proved.ok) return redirect(wishedPath(args, homeOf(role)), 303);
    const sentence = authSentence(proved);
    if (proved.reason === "too_many_attempts") return formReply(values, { message: sentence, status: 429 });
    if (proved.reason === "wrong_passkey") return formReply({}, { message: sentence });
    return formReply(values, { errors: { [value.intent === "password" ? "password" : "code"]: sentence } });
  });

type Wish = Exclude<(typeof confirmForm)["_output"], { intent: "mail_code" }>;

function proofOf(wish: Wish): Proof {
  switch (wish.intent) {
    case "factor":
      return { by: "factor", code: wish.code };
    case "passkey":
      return { by: "passkey", answer: wish.answer };
    case "password":
      return { by: "password", password: wish.password };
    case "mailed_code":
      return { by: "mailed_code", code: wish.code, request: wish.request };
  }
}

export default function ConfirmPage() {
  const { email, way, hasPasskey } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const mailed = reply?.ok === true || (reply?.ok === false && reply.values["intent"] === "mailed_code");
  return (
    <ConfirmStep
      email={email}
      way={way === "mail" && mailed ? "mailed" : way}
      request={("values" in (reply ?? {}) && reply?.values["request"]) || ""}
      errors={errorsOf(reply)}
    >
      {hasPasskey ? <PasskeyButton purpose="confirm" label="Confirm with a passkey" /> : null}
    </ConfirmStep>
  );
}
