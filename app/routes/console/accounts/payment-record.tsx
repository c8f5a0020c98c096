import { randomUUID } from "node:crypto";

import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { errorsOf, type FormReply } from "#app/contracts/form-reply.ts";
import { recordForm } from "#app/contracts/forms/refund.ts";
import { encodeId } from "#app/contracts/ids.ts";
import { choiceProblemText } from "#app/contracts/messages/amounts.ts";
import { recordRefusalText } from "#app/contracts/messages/by-hand.ts";
import { money } from "#app/contracts/money.ts";
import { choiceOf, readChoice } from "#app/contracts/pay-choice.ts";
import { accountPartPath, accountPaymentPath } from "#app/features/accounts/paths.ts";
import { RecordForm } from "#app/features/accounts/record-form.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { Link } from "#app/ui/link.tsx";
import { useFormRound } from "#app/ui/use-form-round.ts";
import { useReply } from "#app/ui/use-reply.ts";
import { type Account, getAccountByNumber } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getPayPlan, type PayPlan, recordManualPayment } from "#server/domains/payments/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

async function readPlan(args: LoaderFunctionArgs): Promise<{ ctx: Ctx; account: Account; plan: PayPlan }> {
  const { ctx } = await requireStaff(args);
  const account = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
  return {
    ctx,
    account,
    plan: await getPayPlan(ctx.db, { accountId: account.id, today: todayIn(account.zone, ctx.now) }),
  };
}

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, plan } = await readPlan(args);
    const { number, currency, zone } = account;
    return { number, currency, today: todayIn(zone, ctx.now), bills: plan.bills, formKey: randomUUID() };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { staff } = await requireStaff(args);
    const { ctx, account, plan } = await readPlan(args);
    const form = await parseForm(args.request, recordForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const { currency, number } = account;
    const { locale, loginId } = staff;
    if (form.values["intent"] === "split") return formReply(form.values, {});
    const read = readChoice(choiceOf({ ...form.values, mode: "amount" }), { bills: plan.bills, currency, locale });
    if (!read.ok) {
      const told = Object.entries(read.problems).map(([name, why]) => [name, choiceProblemText(why, locale)] as const);
      return formReply(form.values, { errors: Object.fromEntries(told) });
    }
    const { kind, receivedOn, reference, key } = form.value;
    const done = await recordManualPayment({
      ctx,
      input: {
        ...{ accountId: account.id, kind, receivedOn, reference, amountMinor: read.amount.amountMinor },
        ...{ bills: read.parts, idempotencyKey: `record:${loginId}:${key}` },
      },
    });
    if (done.ok) {
      const path = accountPaymentPath(number, encodeId("payment", done.value.paymentId));
      return redirect(`${path}?done=record`, 303);
    }
    const of = (minor: bigint) => money(minor, currency);
    switch (done.reason) {
      case "more_than_due": {
        const bill = plan.bills.find((one) => one.invoiceId === done.invoiceId)?.number ?? "";
        return formReply(form.values, {
          message: recordRefusalText({ reason: done.reason, bill, most: of(done.mostMinor) }, locale),
        });
      }
      case "becomes_credit":
        return formReply(form.values, {
          message: recordRefusalText({ reason: done.reason, credit: of(done.creditMinor) }, locale),
        });
      case "below_minimum":
        return formReply(form.values, {
          message: recordRefusalText({ reason: done.reason, minimum: of(done.minimumMinor) }, locale),
        });
      case "in_the_future":
        return formReply(form.values, { errors: { receivedOn: recordRefusalText({ reason: done.reason }, locale) } });
      default:
        return formReply(form.values, { message: recordRefusalText({ reason: done.reason }, locale) });
    }
  });

/** A check, cash or a transfer, entered by staff. */
export default function RecordPayment() {
  const { number, currency, today, bills, formKey } = useLoaderData<typeof loader>();
  const reply = useReply<FormReply>();
  const round = useFormRound(reply);
  return (
    <>
      <p className="mb-3">
        <Link to={accountPartPath(number, "payments")}>All payments</Link>
      </p>
      <h2 className="mb-4 text-16 font-semibold">Record a payment</h2>
      <RecordForm
        key={round}
        {...{ bills, currency, today, formKey }}
        sent={reply?.values ?? null}
        errors={errorsOf(reply)}
      />
    </>
  );
}
