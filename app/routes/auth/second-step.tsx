import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { errorsOf } from "#app/contracts/form-reply.ts";
import { factorForm } from "#app/contracts/forms/second-factor.ts";
import { authSentence, lostFactorText } from "#app/contracts/messages/auth.ts";
import { FactorStep } from "#app/features/auth/factor-step.tsx";
import { PasskeyButton } from "#app/features/auth/passkey-button.tsx";
import { ctxOf, serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { finishSignIn, requireHalf, wishedPath } from "#app/http/sign-in.server.ts";
import { listPasskeys, proveSecondFactor } from "#server/domains/auth/index.ts";

export const meta = () => [{ title: "One more step" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { email, role, loginId } = await requireHalf(args, "factor");
    const { ctx } = await ctxOf(args);
    const hasPasskey = (await listPasskeys(ctx.db, loginId)).length > 0;
    return { email, hasPasskey, lost: lostFactorText(role), to: wishedPath(args) };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { loginId, role } = await requireHalf(args, "factor");
    const form = await parseForm(args.request, factorForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const { ctx } = await ctxOf(args);
    const { code, to } = form.value;
    const proved = await proveSecondFactor({ ctx, input: { loginId, code, ip: serverOf(args).ip } });
    if (proved.ok) return finishSignIn(args, { loginId, role, to });
    const sentence = authSentence(proved);
    return proved.reason === "too_many_attempts"
      ? formReply({}, { message: sentence, status: 429 })
      : formReply({}, { errors: { code: sentence } });
  });

export default function SecondStepPage() {
  const { email, hasPasskey, lost, to } = useLoaderData<typeof loader>();
  return (
    <FactorStep email={email} to={to} lost={lost} errors={errorsOf(useActionData<typeof action>())}>
      {hasPasskey ? <PasskeyButton purpose="sign_in" to={to} label="Use a passkey instead" /> : null}
    </FactorStep>
  );
}
