import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { paymentFailureText } from "#app/contracts/messages/payments.ts";
import { zero } from "#app/contracts/money.ts";
import { safePath } from "#app/contracts/safe-path.ts";
import { NewMethodForm } from "#app/features/methods/new-method-form.tsx";
import { requireAccount, serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formKeyFor, otherAccount } from "#app/http/form-key.server.ts";
import { valuesOf } from "#app/http/pay-form.server.ts";
import { payBankStep, payRefused, payRefusedElsewhere } from "#app/http/pay-reply.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { startMethodSetup } from "#server/domains/payments/index.ts";

export const meta: MetaFunction = () => [{ title: "Add a card or bank account" }];

const HOME = "/settings/methods";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account } = await requireAccount(args);
    authorize(ctx.actor, "method.save", account.id);
    const to = safePath(new URL(args.request.url).searchParams.get("to"), HOME);
    return { currency: account.currency, script: serverOf(args).stripe, formKey: formKeyFor(account.id), to };
  });

const schema = z.object({
  key: z.uuid(),
  token: z.string().min(1).max(200),
  makeDefault: z.literal("yes").optional(),
  to: z.string().default(HOME),
});

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, customer } = await requireAccount(args);
    const values = valuesOf(await readForm(args.request));
    const elsewhere = otherAccount(values["key"], account);
    if (elsewhere !== null) return payRefusedElsewhere(values, elsewhere, account.id);
    const sent = schema.safeParse(values);
    if (!sent.success) return payRefused(values, { form: "Enter a card or bank account." });
    const { key, token: confirmationToken, makeDefault, to } = sent.data;
    const { state, clientSecret, failure } = await startMethodSetup({
      ctx,
      input: {
        ...{ accountId: account.id, confirmationToken, makeDefault: makeDefault === "yes" },
        idempotencyKey: `setup:${customer.loginId}:${key}`,
      },
    });
    if (state === "failed" || state === "canceled")
      return payRefused(values, { form: paymentFailureText(failure) }, { attempted: true });
    if (clientSecret !== null) return payBankStep(values, { clientSecret, path: `${HOME}?done=waiting` });
    if (state !== "done") return redirect(`${HOME}?done=pending`, 303);
    const home = safePath(to, HOME);
    return redirect(home === HOME ? `${HOME}?done=add` : home, 303);
  });

export default function NewMethodPage() {
  const { currency, script, formKey, to } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  return (
    <>
      <PageHeader
        title="Add a card or bank account"
        lead="Kept with our payment processor for your next payments. Nothing is charged now."
      />
      <NewMethodForm {...{ script, reply, to }} amount={zero(currency)} formKey={reply?.formKey ?? formKey} />
    </>
  );
}
