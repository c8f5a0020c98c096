import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { decodeId, encodeId } from "#app/contracts/ids.ts";
import { termsText } from "#app/contracts/plan-terms.ts";
import { ProposalForm } from "#app/features/plans/proposal-form.tsx";
import { requireAccount, serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { otherAccount } from "#app/http/form-key.server.ts";
import { type PlanFormValues, planProblem, planValuesOf } from "#app/http/plan-form.server.ts";
import { mandateFor, readPreview, readTermsForm, usableMethods } from "#app/http/plan-page.server.ts";
import { SaveMethodLink } from "#app/features/methods/save-method-link.tsx";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Field } from "#app/ui/field.tsx";
import { CalendarDays } from "#app/ui/icons.ts";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { RadioRows } from "#app/ui/radio-rows.tsx";
import { Textarea } from "#app/ui/textarea.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { proposePlan } from "#server/domains/plans/index.ts";

export { revalidateOnConflict as shouldRevalidate } from "#app/ui/use-form-round.ts";

export const meta: MetaFunction = () => [{ title: "Pay in parts" }];

/** In words that do not depend on which of the methods below is chosen. */
const CHOSEN = "the card or bank account chosen here";

const countersOf = (request: Request): string | null =>
  decodeId("plan", new URL(request.url).searchParams.get("instead") ?? "");

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, customer, right } = await requireAccount(args);
    const form = await readTermsForm(ctx, account);
    const { locale } = customer;
    const preview = await readPreview(ctx, { account, values: form.values, locale });
    const schedule = preview.ok ? preview.schedule : null;
    return {
      ...{ form, schedule, methods: await usableMethods(ctx, account.id), mayPay: right !== "view" },
      mandate: schedule ? await mandateFor(ctx, { account, schedule, method: CHOSEN, locale }) : "",
      seen: termsText(form.values),
    };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, customer } = await requireAccount(args);
    const { locale } = customer;
    const form = await readForm(args.request);
    const values = planValuesOf(form);
    const elsewhere = otherAccount(form.get("key"), account);
    if (elsewhere !== null) return answer({ values, errors: { form: elsewhere }, schedule: null, mandate: "" }, 409);
    const preview = await readPreview(ctx, { account, values, locale });
    if (!preview.ok) return answer({ values, errors: preview.errors, schedule: null, mandate: "" });
    const { schedule, wish } = preview;
    const shown = { values, schedule, mandate: await mandateFor(ctx, { account, schedule, method: CHOSEN, locale }) };
    if (form.get("intent") !== "send") return answer({ ...shown, errors: {} }, 200);
    if (form.get("seen") !== termsText(values)) {
      return answer({
        ...shown,
        errors: { form: "You changed the terms. Look at the new schedule, then propose it." },
      });
    }
    const sent = z.object({ key: z.uuid(), version: z.coerce.number().int() }).safeParse(Object.fromEntries(form));
    const methods = await usableMethods(ctx, account.id);
    const method = methods.find((one) => one.id === values.method);
    if (!sent.success || !method) return answer({ ...shown, errors: { method: "Choose what the plan is paid from." } });
    const proposed = await proposePlan({
      ctx,
      input: {
        ...wish,
        ...{ methodId: method.id, note: values.note.trim() || null, title: "Payment plan" },
        mandateText: await mandateFor(ctx, { account, schedule, method: method.label, locale }),
        ...{ ip: serverOf(args).ip, countersId: countersOf(args.request), seenVersion: sent.data.version },
        idempotencyKey: `plan:${customer.loginId}:${sent.data.key}`,
      },
    });
    if (proposed.ok) return redirect(`/plans/${encodeId("plan", proposed.value.planId)}`, 303);
    return answer({ ...shown, errors: planProblem(proposed, { currency: account.currency, locale }) });
  });

type Reply = {
  values: PlanFormValues;
  errors: Record<string, string>;
  schedule: ReturnType<typeof useLoaderData<typeof loader>>["schedule"];
  mandate: string;
};

const answer = (reply: Reply, status = 422) => data<Reply>(reply, { status });

export default function NewPlanPage() {
  const { form, methods, mayPay, ...first } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  const values = reply?.values ?? form.values;
  const schedule = reply ? reply.schedule : first.schedule;
  const mandate = reply ? reply.mandate : first.mandate;
  if (form.bills.length === 0 || !mayPay) return <Nothing mayPay={mayPay} />;
  return (
    <>
      <PageHeader
        title="Pay in parts"
        lead="Choose how; you see every day and amount before you propose it. Nothing is taken before we approve."
      />
      {methods.length === 0 ? (
        <Notice tone="waiting">
          A plan is paid from a saved card or bank account. <SaveMethodLink>Save one first</SaveMethodLink>
        </Notice>
      ) : null}
      <ProposalForm
        key={termsText(values)}
        {...{ values, schedule, bills: form.bills, bounds: form.bounds, currency: form.currency }}
        {...{ formKey: form.formKey, version: form.version, errors: reply?.errors ?? {}, seen: termsText(values) }}
        submit="Propose this plan"
      >
        {methods.length > 0 ? (
          <RadioRows
            name="method"
            legend="Paid from"
            defaultValue={values.method || (methods.find((one) => one.isDefault) ?? methods[0])?.id}
            error={reply?.errors["method"]}
            rows={methods.map((one) => ({ value: one.id, label: one.label }))}
          />
        ) : null}
        <Field name="note" label="Anything we should know?" optional>
          <Textarea rows={2} defaultValue={values.note} maxLength={500} />
        </Field>
        <section aria-label="What you agree to">
          <h2 className="ui-label">What you agree to, once we approve</h2>
          <p className="mt-1 text-14 text-ink-2">{mandate}</p>
        </section>
      </ProposalForm>
    </>
  );
}

function Nothing({ mayPay }: { mayPay: boolean }) {
  return (
    <>
      <PageHeader title="Pay in parts" />
      <EmptyState
        icon={CalendarDays}
        title={mayPay ? "Nothing to split" : "You can see this account"}
        action={<ButtonLink to="/account">Back to your account</ButtonLink>}
      >
        {mayPay
          ? "A plan splits what is left to pay on your bills. There is nothing left to pay now."
          : "To propose a plan, ask whoever manages the account for the right to pay."}
      </EmptyState>
    </>
  );
}
