import { type ActionFunctionArgs, data } from "@remix-run/node";
import { useActionData } from "@remix-run/react";

import { errorsOf } from "#app/contracts/form-reply.ts";
import { lookupForm } from "#app/contracts/forms/lookup.ts";
import { authSentence } from "#app/contracts/messages/auth.ts";
import { LookupAnswer, LookupStep } from "#app/features/pay-links/lookup-steps.tsx";
import { serverOf, systemCtx } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { lookUpBills } from "#server/domains/pay-links/index.ts";

export const meta = () => [{ title: "Find your bill" }];

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const form = await parseForm(args.request, lookupForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const input = { ...form.value, ip: serverOf(args).ip };
    const found = await lookUpBills({ ctx: systemCtx(args, "look-up"), input });
    if (found.ok) return data({ ok: true as const, bills: found.value.bills });
    return formReply(form.values, { message: authSentence(found), status: 429 });
  });

export default function LookupPage() {
  const reply = useActionData<typeof action>();
  if (reply?.ok === true) return <LookupAnswer bills={reply.bills} />;
  return <LookupStep values={reply?.values ?? {}} errors={errorsOf(reply)} />;
}
