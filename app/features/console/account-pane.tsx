import { encodeId } from "#app/contracts/ids.ts";
import { type ReactNode } from "react";

import { isolated } from "#app/contracts/isolated.ts";
import { staffPaymentWord } from "#app/contracts/messages/payment-states.ts";
import { planState } from "#app/contracts/messages/plans.ts";
import { shortReasonText } from "#app/contracts/messages/short-reasons.ts";
import { isZero, money, type Money as MoneyValue, toDecimal } from "#app/contracts/money.ts";
import {
  accountBillPath,
  accountPartPath,
  accountPaymentPath,
  recordPaymentPath,
} from "#app/features/accounts/paths.ts";
import { ByItself } from "#app/features/autopay/by-itself.tsx";
import { BillState } from "#app/features/bills/bill-state.tsx";
import { Day } from "#app/ui/date.tsx";
import { Link } from "#app/ui/link.tsx";
import { LiveValue } from "#app/ui/live-value.tsx";
import { Money } from "#app/ui/money.tsx";
import { Pairs } from "#app/ui/pairs.tsx";
import { Status, type Tone } from "#app/ui/status.tsx";
import type { Autopay, Draft } from "#server/domains/autopay/index.ts";
import type { Dispute } from "#server/domains/disputes/index.ts";
import type { AccountMoney, Bill } from "#server/domains/invoices/index.ts";
import type { Plan } from "#server/domains/plans/index.ts";
import type { Payment } from "#server/domains/payments/index.ts";

export type AccountPaneProps = {
  account: { number: string; name: string; email: string | null; phone: string | null };
  money: AccountMoney;
  bills: readonly Bill[];
  payments: readonly Payment[];
  disputes: readonly Dispute[];
  plans: readonly Plan[];
  autopay: Autopay | null;
  draft: Draft | null;
  /** The conversation it stands beside: what is given from a payment leaves its card there. */
  conversation: string;
};

/** What a rep needs of the account while they talk: the words of its money, open bills, last payments, live cases. */
export function AccountPane({
  account,
  money: words,
  bills,
  payments,
  disputes,
  plans,
  autopay,
  draft,
  conversation,
}: AccountPaneProps) {
  return (
    <div className="side">
      <div>
        <h2 className="side-name">
          <Link to={`/console/accounts/${encodeURIComponent(account.number)}`}>{account.name}</Link>
        </h2>
        <p className="side-sub">
          {account.number}
          {account.email ? ` · ${account.email}` : ""}
        </p>
      </div>
      <Words words={words} />
      <OpenBills number={account.number} bills={bills} />
      <ByItself autopay={autopay} draft={draft} />
      <PlanPart plans={plans} to={plansPath(account.number, conversation)} />
      <Part title="Live disputes" empty={null}>
        {disputes.map((dispute) => (
          <li key={dispute.id} className="side-row">
            <span className="min-w-0">
              <Link to={`/console/c/${dispute.conversationNumber ?? ""}`}>{dispute.number}</Link>
              <span className="side-note">
                <Status tone={dispute.clock.state === "breached" ? "overdue" : "dispute"}>
                  {dispute.clock.dueOn ? <>answer by {<Day date={dispute.clock.dueOn} />}</> : "no date promised"}
                </Status>
              </span>
            </span>
            <Money value={dispute.amount} />
          </li>
        ))}
      </Part>
      <Part title="Last payments" to={accountPartPath(account.number, "payments")} empty="No payment yet.">
        {payments.map((payment) => (
          <li key={payment.id} className="side-row">
            <span className="min-w-0">
              <Link to={accountPaymentPath(account.number, encodeId("payment", payment.id), conversation)}>
                {payment.methodLabel ?? "Payment"}
              </Link>
              <span className="side-note">
                <PaymentState payment={payment} />
                {payment.shortReason === null ? null : (
                  <span className="block">
                    Paid in part: {shortReasonText(payment.shortReason)}
                    {payment.shortNote === null ? null : ` · “${isolated(payment.shortNote)}”`}
                  </span>
                )}
              </span>
            </span>
            <Money value={payment.amount} />
          </li>
        ))}
      </Part>
      <p className="side-sub">
        <Link to={recordPaymentPath(account.number)}>Record a payment</Link>
      </p>
    </div>
  );
}

function OpenBills({ number, bills }: { number: string; bills: readonly Bill[] }) {
  return (
    <Part title="Open bills" to={accountPartPath(number, "bills")} empty="Nothing is open.">
      {bills.map((bill) => (
        <li key={bill.id} className="side-row">
          <span className="min-w-0">
            <Link to={accountBillPath(number, bill.number)}>{bill.number}</Link>
            <span className="side-note">
              <BillState bill={bill} />
            </span>
          </span>
          <Money value={money(bill.openMinor, bill.currency)} />
        </li>
      ))}
    </Part>
  );
}

const plansPath = (account: string, thread: string): string =>
  `${accountPartPath(account, "plans")}?thread=${encodeURIComponent(thread)}`;

function PlanPart({ plans, to }: { plans: readonly Plan[]; to: string }) {
  return (
    <section aria-label="Payment plans">
      <h3 className="side-label">
        <Link to={to}>Payment plans</Link>
      </h3>
      <ul className="side-rows">
        {plans.map((plan) => (
          <li key={plan.id} className="side-row">
            <span className="min-w-0">
              {plan.instalments} instalments
              <span className="side-note">
                <Status tone={planState(plan.state).tone}>{planState(plan.state).word}</Status>
              </span>
            </span>
            <Money value={money(plan.totalMinor, plan.currency)} />
          </li>
        ))}
      </ul>
      <p className="side-sub">
        <Link to={to}>Offer a plan</Link>
      </p>
    </section>
  );
}

function Words({ words }: { words: AccountMoney }) {
  const rows: { label: string; value: MoneyValue; tone?: Tone }[] = [
    { label: "Past due", value: words.pastDue, tone: "overdue" },
    { label: "In dispute", value: words.inDispute, tone: "dispute" },
    { label: "On its way", value: words.processing, tone: "waiting" },
    { label: "Under bank review", value: words.underReview, tone: "dispute" },
    { label: "Credit", value: words.unapplied, tone: "settled" },
  ];
  return (
    <div>
      <p className="side-label">To pay now</p>
      <LiveValue on={toDecimal(words.toPayNow)}>
        <Money value={words.toPayNow} size="title" />
      </LiveValue>
      <Pairs
        pairs={[
          { label: "Open", value: <Money value={words.open} /> },
          ...rows
            .filter((row) => !isZero(row.value))
            .map(({ label, value, tone }) => ({
              label: tone ? <Status tone={tone}>{label}</Status> : label,
              value: <Money value={value} />,
            })),
        ]}
      />
    </div>
  );
}

function Part({
  title,
  to,
  empty,
  children,
}: {
  title: string;
  to?: string;
  /** Null: the part is left out when there is nothing in it. */
  empty: string | null;
  children: ReactNode[];
}) {
  if (children.length === 0 && empty === null) return null;
  return (
    <section aria-label={title}>
      <h3 className="side-label">{to ? <Link to={to}>{title}</Link> : title}</h3>
      {children.length > 0 ? <ul className="side-rows">{children}</ul> : <p className="side-sub">{empty}</p>}
    </section>
  );
}

function PaymentState({ payment }: { payment: Payment }) {
  const { tone, word } = staffPaymentWord(payment);
  const why =
    payment.state === "failed" && payment.declineCode !== null ? `: ${payment.declineCode.replaceAll("_", " ")}` : "";
  return (
    <Status tone={tone}>
      {word}
      {tone === "settled" && payment.settledOn ? <> {<Day date={payment.settledOn} />}</> : why}
    </Status>
  );
}
