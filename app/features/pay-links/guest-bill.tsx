import { type FeeRates } from "#app/contracts/convenience-fee.ts";
import { type Currency } from "#app/contracts/currency.ts";
import { type Money as MoneyValue } from "#app/contracts/money.ts";
import { type PayReply } from "#app/contracts/pay-reply.ts";
import { BillHead } from "#app/features/bills/bill-head.tsx";
import { BillLines } from "#app/features/bills/bill-lines.tsx";
import { BillState } from "#app/features/bills/bill-state.tsx";
import { useOpened } from "#app/features/bills/use-opened.ts";
import { type StripeScript } from "#app/features/payments/load-stripe.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Day } from "#app/ui/date.tsx";
import { Download } from "#app/ui/icons.ts";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Pairs } from "#app/ui/pairs.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import type { GuestBill } from "#server/domains/pay-links/index.ts";
import type { PayPlan } from "#server/domains/payments/index.ts";

import { type Contact } from "./biller-contact.tsx";
import { GuestPayForm } from "./guest-pay-form.tsx";

export type LinkPayment = { id: string; state: string; amount: MoneyValue };

export type GuestBillProps = {
  bill: GuestBill;
  plan: PayPlan;
  fees: FeeRates;
  /** What was paid through this link. */
  payments: readonly LinkPayment[];
  /** `/p/…` */
  path: string;
  billedTo: string;
  contact: Contact;
  script: StripeScript;
  formKey: string;
  reply: PayReply | undefined;
};

/** One bill and its payment on one page: who bills, how much, by when, what for, and the form. */
export function GuestBillPage(props: GuestBillProps) {
  const { bill, plan, fees, payments, path, billedTo, contact, script, formKey, reply } = props;
  useOpened(path, { known: bill.viewed });
  const payable = plan.toPayNow.amountMinor > 0n;
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-x-12">
      <div className="lg:col-start-1">
        <div className="mb-6 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <h1 className="text-20">
            {bill.kind === "late_fee" ? "Late fee" : "Bill"} {bill.number} from <bdi>{contact.name}</bdi>
          </h1>
          <BillState bill={bill} pill />
        </div>
        <BillHead bill={bill} />
      </div>
      <section
        className="grid content-start gap-6 self-start lg:sticky lg:top-24 lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:rounded-panel lg:border lg:border-line lg:p-6"
        aria-labelledby="pay"
      >
        <h2 id="pay" className="text-16 font-semibold">
          {payable ? "Pay this bill" : "Payment"}
        </h2>
        <Payments payments={payments} path={path} />
        {plan.creditUsed.amountMinor > 0n ? (
          <Notice tone="done">
            A credit of <Money value={plan.creditUsed} /> is used first: <Money value={plan.toPayNow} /> is left to pay.
          </Notice>
        ) : null}
        {payable ? (
          <GuestPayForm currency={bill.currency as Currency} {...{ plan, fees, script, formKey, reply }} />
        ) : (
          <NothingToPay bill={bill} />
        )}
        <SignIn number={bill.number} />
      </section>
      <div className="grid content-start gap-8 lg:col-start-1">
        <section aria-labelledby="lines">
          <SectionHeader id="lines" title="What it is for" />
          <BillLines bill={bill} />
          {bill.memo ? <p className="mt-4 max-w-[68ch] text-ink-2">{bill.memo}</p> : null}
        </section>
        <section aria-label="Facts" className="max-w-[34rem]">
          <Pairs
            pairs={[
              { label: "Billed to", value: billedTo },
              { label: "Issued", value: <Day date={bill.issuedOn} style="short" /> },
              { label: "Due", value: <Day date={bill.dueOn} style="short" /> },
            ]}
          />
        </section>
        <div>
          <ButtonLink to={`${path}/bill.pdf`} reloadDocument>
            <Download size={16} aria-hidden="true" /> Bill (PDF)
          </ButtonLink>
        </div>
      </div>
    </div>
  );
}

function NothingToPay({ bill }: { bill: GuestBill }) {
  if (bill.standing === "voided")
    return <Notice tone="done">This bill was canceled. There is nothing to pay on it.</Notice>;
  if (bill.openMinor === 0n) return <Notice tone="settled">Nothing is left to pay on this bill. Thank you.</Notice>;
  return <Notice tone="waiting">There is nothing to pay on this bill right now.</Notice>;
}

const SAID: Record<string, string> = {
  settled: "was paid here",
  requested: "is being checked",
  processing: "is on its way",
  requires_action: "is not finished",
};

function Payments({ payments, path }: { payments: readonly LinkPayment[]; path: string }) {
  return payments.map(({ id, state, amount }) => (
    <Notice key={id} tone={state === "settled" ? "settled" : "waiting"}>
      <Money value={amount} /> {SAID[state]}.{" "}
      <Link to={`${path}/paid/${id}`} className="ui-link">
        {state === "settled" ? "See the receipt" : "See how it stands"}
      </Link>
    </Notice>
  ));
}

function SignIn({ number }: { number: string }) {
  const to = `/sign-in?${new URLSearchParams({ to: `/bills/${encodeURIComponent(number)}` }).toString()}`;
  return (
    <p className="border-t border-line pt-4 text-ink-2">
      <Link to={to} className="ui-link inline-flex min-h-11 items-center">
        Sign in to see all bills
      </Link>
    </p>
  );
}
