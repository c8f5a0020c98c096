import { type ActionFunctionArgs, data } from "@remix-run/node";
import { useActionData } from "@remix-run/react";

import { claimForm } from "#app/contracts/forms/claim.ts";
import { errorsOf } from "#app/contracts/form-reply.ts";
import { authSentence } from "#app/contracts/messages/auth.ts";
import { ClaimCodeStep, ClaimStep } from "#app/features/auth/claim-steps.tsx";
import { ctxOf, serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { openSession } from "#app/http/sign-in.server.ts";
import { finishClaim, startClaim } from "#server/domains/accounts/index.ts";

export const meta = () => [{ title: "Open your account" }];

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const form = await parseForm(args.request, claimForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const { value, values } = form;
    const { ctx } = await ctxOf(args);
    const { ip } = serverOf(args);
    const { accountNumber, name, email } = value;
    if (value.intent === "start") {
      const { postalCode } = value;
      const started = await startClaim({ ctx, input: { accountNumber, postalCode, name, email, ip } });
      if (started.ok) return data({ ok: true as const, minutes: started.value.minutes, values });
      return formReply(values, { message: authSentence(started), status: 429 });
    }
    const finished = await finishClaim({ ctx, input: { accountNumber, name, code: value.code, ip } });
    if (finished.ok) return openSession(args, finished.value);
    const status = finished.reason === "too_many_attempts" ? 429 : 422;
    return formReply(values, { message: authSentence(finished), status });
  });

export default function ClaimPage() {
  const reply = useActionData<typeof action>();
  const values = reply?.values ?? {};
  const errors = errorsOf(reply);
  return reply?.ok === true || values["intent"] === "finish" ? (
    <ClaimCodeStep values={values} errors={errors} minutes={reply?.ok === true ? reply.minutes : null} />
  ) : (
    <ClaimStep values={values} errors={errors} />
  );
}
