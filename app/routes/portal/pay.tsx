import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { type ShouldRevalidateFunction, useLoaderData } from "@remix-run/react";

import { encodeId } from "#app/contracts/ids.ts";
import { addDays, parseLocalDate } from "#app/contracts/local-date.ts";
import { payRefusalText } from "#app/contracts/messages/pay.ts";
import { money } from "#app/contracts/money.ts";
import { type Choice } from "#app/contracts/pay-choice.ts";
import { PayForm } from "#app/features/payments/pay-form.tsx";
import { payKeptAs } from "#app/features/payments/pay-kept-as.ts";
import { requireAccount, serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formKeyFor, otherAccount } from "#app/http/form-key.server.ts";
import { keyOf, readPayForm, valuesOf } from "#app/http/pay-form.server.ts";
import { payOnDate } from "#app/http/pay-on-date.server.ts";
import {
  attemptKey,
  payAnswer,
  payAskedAgain,
  payOnGrid,
  payOutdated,
  payRefusalFacts,
  payRefused,
  payRefusedElsewhere,
} from "#app/http/pay-reply.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Day } from "#app/ui/date.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { useArrived } from "#app/ui/use-kept-form.ts";
import { useReply } from "#app/ui/use-reply.ts";
import { useStanding } from "#app/ui/use-standing.ts";
import { getPolicy, todayIn } from "#server/domains/business/index.ts";
import { listComingFees } from "#server/domains/collections/index.ts";
import {
  feeRatesFor,
  getPayPlan,
  listPayments,
  listSavedMethods,
  type PayPlan,
  resumePayment,
  type StartedPayment,
  startPayment,
} from "#server/domains/payments/index.ts";

export const meta = () => [{ title: "Pay" }];

/** What was refused was refused for what the account is now: the page reads it again. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 422 || defaultShouldRevalidate;

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, customer, account, right } = await requireAccount(args);
    const accountId = account.id;
    const today = todayIn(account.zone, ctx.now);
    const { body: autopay } = await getPolicy(ctx.db, "autopay");
    const dates = { first: addDays(today, 1), last: addDays(today, autopay.scheduleAtMostDays) };
    const [plan, methods, fees, waiting, coming] = await Promise.all([
      getPayPlan(ctx.db, { accountId, today }),
      listSavedMethods(ctx.db, { accountId, now: ctx.now }),
      feeRatesFor(ctx.db, account.currency),
      listPayments(ctx.db, { accountId, states: ["requires_action"], limit: 1 }),
      listComingFees(ctx.db, { account, today, last: dates.last }),
    ]);
    const { search, searchParams: asked } = new URL(args.request.url);
    return {
      ...{
        plan,
        methods,
        fees,
        currency: account.currency,
        mayPay: right !== "view",
        waiting: waiting.items[0] ?? null,
      },
      startsWith: startOf(plan, asked),
      ...{ dates, coming },
      kept: parseLocalDate(asked.get("kept") ?? ""),
      keptAs: payKeptAs(customer.loginId, accountId),
      search,
      formKey: formKeyFor(accountId),
      script: serverOf(args).stripe,
    };
  });

/** A named bill alone, another amount, or all that is asked for. */
function startOf({ bills }: PayPlan, asked: URLSearchParams): Choice {
  if (bills.length === 0 || asked.has("amount")) return { mode: "amount", text: "" };
  const named = bills.filter((bill) => bill.number === asked.get("bill"));
  const chosen = named.length > 0 ? named : bills.filter((bill) => bill.payableMinor > 0n);
  return { mode: "bills", invoiceIds: chosen.map((bill) => bill.invoiceId) };
}

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, customer, account } = await requireAccount(args);
    const values = valuesOf(await readForm(args.request));
    if (values["intent"] === "split") return payAskedAgain(values);
    const elsewhere = otherAccount(values["key"], account);
    if (elsewhere !== null) return payRefusedElsewhere(values, elsewhere, account.id);
    const { locale } = customer;
    const { currency, id: accountId } = account;
    const idempotencyKey = `pay:${customer.loginId}:${attemptKey(values["key"] ?? "", keyOf(values))}`;
    const answer = (started: StartedPayment) =>
      payAnswer(values, started, `/payments/${encodeId("payment", started.paymentId)}`);
    const resume = () => resumePayment({ ctx, input: { accountId, idempotencyKey } });
    const known = await resume();
    if (known) return answer(known);
    const plan = () => getPayPlan(ctx.db, { accountId, today: todayIn(account.zone, ctx.now) });
    const sent = readPayForm(values, { bills: (await plan()).bills, currency, locale });
    if (!sent.ok) return payRefused(values, sent.errors);
    const { payOn, ...wish } = sent.value;
    if (payOn !== null) return payOnDate(ctx, { values, idempotencyKey, account, locale, payOn, wish });
    const started = await startPayment({ ctx, input: { accountId, idempotencyKey, ...wish } });
    // Pressed twice at once: the first press changed what can be paid while this one was read.
    const first = !started.ok && started.reason === "key_reused_with_other_input" ? await resume() : null;
    if (first) return answer(first);
    if (!started.ok && started.reason === "account_changed") {
      return payOutdated(values, { plan: await plan(), currency, locale, mayCredit: true });
    }
    const amount = money(wish.amountMinor, currency);
    const onGrid = started.ok ? null : payOnGrid(values, started, { plan: await plan(), amount, locale });
    if (onGrid) return onGrid;
    if (!started.ok) {
      const sentence = payRefusalText(payRefusalFacts(started, { ...wish, currency }), locale);
      return payRefused(values, { form: sentence }, { becomesCredit: started.reason === "becomes_credit" });
    }
    return answer(started.value);
  });

export { keepWhenLost as clientAction } from "#app/features/payments/keep-when-lost.ts";

export default function PayPage() {
  const answered = useReply<typeof action>();
  const read = useStanding(useLoaderData<typeof loader>(), (answered?.next ?? null) !== null);
  const { plan, methods, fees, currency, mayPay, waiting, startsWith, dates, coming, kept, formKey, script } = read;
  const { keptAs, search } = read;
  useArrived(kept ? keptAs : null);
  if (!mayPay) {
    return (
      <EmptyState title="You can see this account, not pay it" action={<ButtonLink to="/account">Back</ButtonLink>}>
        Ask whoever manages it for the right to pay.
      </EmptyState>
    );
  }
  // A day was just chosen for all that is asked for: a form to pay it once more would only puzzle.
  const allKept = kept !== null && !answered && plan.toPayNow.amountMinor === 0n;
  const owesNothing = plan.toPayNow.amountMinor === 0n && plan.bills.every((bill) => bill.mostMinor <= 0n);
  return (
    <>
      <PageHeader title="Pay" />
      {kept && !answered ? (
        <div className="mb-6 max-w-[34rem]">
          <Notice tone="settled" live>
            Your payment is kept for <Day date={kept} />. We tell you before it is taken, and you can{" "}
            <Link to="/autopay">change or cancel it</Link> until then.
          </Notice>
        </div>
      ) : null}
      {allKept ? <ButtonLink to="/account">To your account</ButtonLink> : null}
      {waiting && !answered?.next ? (
        <div className="mb-6 max-w-[34rem]">
          <Notice tone="waiting">
            Your payment of <Money value={waiting.amount} /> is not finished.{" "}
            <Link to={`/payments/${encodeId("payment", waiting.id)}`}>Look at it or start again</Link>
          </Notice>
        </div>
      ) : null}
      {owesNothing && !waiting ? (
        <div className="mb-6 max-w-[34rem]">
          <Notice tone="settled">Nothing is due. What you pay now is kept as credit for your next bill.</Notice>
        </div>
      ) : null}
      {plan.creditUsed.amountMinor > 0n ? (
        <div className="mb-6 max-w-[34rem]">
          <Notice tone="done">
            Your credit of <Money value={plan.creditUsed} /> is used first: the amounts below are after it.
          </Notice>
        </div>
      ) : null}
      {allKept ? null : (
        <PayForm
          key={search}
          {...{ plan, currency, methods, fees, script, formKey, startsWith, dates, coming, reply: answered }}
          keptAs={`${keptAs} ${search}`}
        />
      )}
    </>
  );
}
