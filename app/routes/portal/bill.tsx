import { randomUUID } from "node:crypto";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { type ReactNode } from "react";
import { z } from "zod";

import { minBigint, money } from "#app/contracts/money.ts";
import { BillDisputes } from "#app/features/bills/bill-disputes.tsx";
import { BillHead } from "#app/features/bills/bill-head.tsx";
import { BillLines } from "#app/features/bills/bill-lines.tsx";
import {
  askAboutBillPath,
  billPath,
  billPdfPath,
  disputeBillPath,
  payBillPath,
} from "#app/features/bills/bill-path.ts";
import { BillState } from "#app/features/bills/bill-state.tsx";
import { BillTimeline } from "#app/features/bills/bill-timeline.tsx";
import { useOpened } from "#app/features/bills/use-opened.ts";
import { RelatedBills } from "#app/features/bills/related-bills.tsx";
import { UseCredit } from "#app/features/bills/use-credit.tsx";
import { PlanLines } from "#app/features/plans/plan-line.tsx";
import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { ActionBar } from "#app/ui/action-bar.tsx";
import { ButtonLink } from "#app/ui/button.tsx";
import { Day } from "#app/ui/date.tsx";
import { CalendarDays, Download, MessageCircle, Scale } from "#app/ui/icons.ts";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { Pairs } from "#app/ui/pairs.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { todayIn } from "#server/domains/business/index.ts";
import { findPlanOfBill } from "#server/domains/plans/index.ts";
import { listDisputesOfAccount } from "#server/domains/disputes/index.ts";
import { type Bill, findBillBefore, getAccountMoney, getBill } from "#server/domains/invoices/index.ts";
import { useCredit } from "#server/domains/payments/index.ts";
import { notFound } from "#server/platform/faults.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `Bill ${data.bill.number}` : "Bill" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, right } = await requireAccount(args);
    const today = todayIn(account.zone, ctx.now);
    const bill = await getBill(ctx.db, { accountId: account.id, number: args.params["number"] ?? "", today });
    const [before, disputes, plan] = await Promise.all([
      bill.kind === "bill" ? findBillBefore(ctx.db, bill) : null,
      listDisputesOfAccount(ctx.db, { accountId: account.id, today, invoiceId: bill.id, limit: 5 }),
      findPlanOfBill(ctx.db, bill.id),
    ]);
    const { unapplied } = await getAccountMoney(ctx.db, account.id, today);
    return {
      bill,
      credit: money(minBigint(unapplied.amountMinor, bill.payableMinor), account.currency),
      formKey: randomUUID(),
      before,
      disputes: disputes.items,
      plan,
      account: { name: account.name, number: account.number },
      mayPay: right !== "view",
    };
  });

/** The account's credit is put on this bill. */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, customer } = await requireAccount(args);
    const key = z.uuid().safeParse((await readForm(args.request)).get("key"));
    if (!key.success) throw notFound("form");
    const number = args.params["number"] ?? "";
    const bill = await getBill(ctx.db, { accountId: account.id, number, today: todayIn(account.zone, ctx.now) });
    const idempotencyKey = `use-credit:${customer.loginId}:${key.data}`;
    // Nothing left to use is what the page shows anyway.
    await useCredit({ ctx, input: { accountId: account.id, invoiceId: bill.id, idempotencyKey } });
    return redirect(`/bills/${encodeURIComponent(number)}`, 303);
  });

export default function BillPage() {
  const { bill, credit, formKey, before, disputes, plan, account, mayPay } = useLoaderData<typeof loader>();
  useOpened(billPath(bill.number), { known: bill.viewed });
  const left = money(bill.payableMinor, bill.currency);
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-x-4 gap-y-1 md:justify-start">
        <h1 className="text-20">{bill.kind === "late_fee" ? `Late fee ${bill.number}` : `Bill ${bill.number}`}</h1>
        <BillState bill={bill} pill />
      </div>
      <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_18rem] lg:gap-16">
        <div className="grid min-w-0 content-start gap-10">
          <div>
            <BillHead bill={bill} />
            {bill.payableMinor > 0n && mayPay ? (
              <ActionBar>
                <ButtonLink to={payBillPath(bill.number)} variant="primary" prefetch="intent">
                  Pay <Money value={left} />
                </ButtonLink>
              </ActionBar>
            ) : null}
            {bill.heldMinor.scheduled > 0n && mayPay ? <Scheduled bill={bill} /> : null}
            {mayPay ? <UseCredit {...{ credit, formKey }} /> : null}
          </div>
          <section aria-labelledby="lines">
            <SectionHeader id="lines" title="What it is for" />
            <BillLines bill={bill} before={before} />
            {bill.memo ? <p className="mt-4 max-w-[68ch] text-ink-2">{bill.memo}</p> : null}
            <RelatedBills related={bill.related} />
          </section>
        </div>
        <div className="grid content-start gap-10">
          <section aria-labelledby="facts">
            <h2 id="facts" className="sr-only">
              Facts
            </h2>
            <Pairs
              pairs={[
                { label: "Issued", value: <Day date={bill.issuedOn} style="short" /> },
                { label: "Due", value: <Day date={bill.dueOn} style="short" /> },
                { label: "Billed to", value: account.name },
                { label: "Account", value: account.number },
              ]}
            />
          </section>
          <Ways
            number={bill.number}
            voided={bill.standing === "voided"}
            mayPlan={mayPay && plan === null && bill.payableMinor > 0n}
          />
          <PlanLines plans={plan ? [plan] : []} />
          <BillDisputes disputes={disputes} />
          <section aria-labelledby="history">
            <SectionHeader id="history" title="What happened" />
            <BillTimeline bill={bill} />
          </section>
        </div>
      </div>
    </>
  );
}

/** What else can be done with a bill. */
function Ways({ number, voided, mayPlan }: { number: string; voided: boolean; mayPlan: boolean }) {
  return (
    <ul className="grid border-y border-line">
      {mayPlan ? (
        <Way to="/plans/new" icon={<CalendarDays size={18} aria-hidden="true" />}>
          Pay in parts
        </Way>
      ) : null}
      {voided ? null : (
        <Way to={disputeBillPath(number)} icon={<Scale size={18} aria-hidden="true" />}>
          Question or dispute a charge
        </Way>
      )}
      <Way to={askAboutBillPath(number)} icon={<MessageCircle size={18} aria-hidden="true" />}>
        Ask about this bill
      </Way>
      <Way to={billPdfPath(number)} icon={<Download size={18} aria-hidden="true" />} document>
        Download as PDF
      </Way>
    </ul>
  );
}

type WayProps = { to: string; icon: ReactNode; document?: boolean; children: ReactNode };

function Way({ to, icon, document = false, children }: WayProps) {
  return (
    <li className="border-line [&+li]:border-t">
      <Link
        to={to}
        reloadDocument={document}
        className="flex min-h-11 items-center gap-3 font-medium hover:text-accent-ink"
      >
        <span className="text-ink-3">{icon}</span>
        {children}
      </Link>
    </li>
  );
}

/** A date was chosen for it: that can be changed, and it can be paid before. */
function Scheduled({ bill: { number, payableMinor } }: { bill: Pick<Bill, "number" | "payableMinor"> }) {
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
      {payableMinor === 0n ? <ButtonLink to={payBillPath(number)}>Pay it now</ButtonLink> : null}
      <Link to="/autopay" className="inline-flex min-h-11 items-center">
        Change or cancel the date
      </Link>
    </div>
  );
}
