import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { money } from "#app/contracts/money.ts";
import { CreditWhere } from "#app/features/accounts/credit-where.tsx";
import { accountBillPath } from "#app/features/accounts/paths.ts";
import { BillLines } from "#app/features/bills/bill-lines.tsx";
import { BillState } from "#app/features/bills/bill-state.tsx";
import { BillTimeline } from "#app/features/bills/bill-timeline.tsx";
import { RelatedBills } from "#app/features/bills/related-bills.tsx";
import { StaffLink } from "#app/features/pay-links/staff-link.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { Day } from "#app/ui/date.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { Pairs } from "#app/ui/pairs.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { getAccountByNumber } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { listConversationsOfAccount } from "#server/domains/conversations/index.ts";
import { getBill } from "#server/domains/invoices/index.ts";
import { findPayLink, renewPayLink, revokePayLink } from "#server/domains/pay-links/index.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const { id, zone } = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
    const today = todayIn(zone, ctx.now);
    const bill = await getBill(ctx.db, { accountId: id, number: args.params["bill"] ?? "", today });
    const [link, conversations] = await Promise.all([
      findPayLink(ctx, { accountId: id, invoiceId: bill.id, today }),
      listConversationsOfAccount(ctx, { accountId: id }),
    ]);
    return {
      ...{ bill, account: args.params["number"] ?? "", conversation: latestOpen(conversations.items) },
      link: link && { ...link, url: `${ctx.publicUrl}${link.path}` },
    };
  });

/** The one that is still talked in; else the one that was. */
const latestOpen = (items: readonly { number: string; state: string }[]): string | null =>
  (items.find(({ state }) => state !== "closed") ?? items[0])?.number ?? null;

/** A new pay link for the bill, or none. Pressed when nothing can be paid any more, it does nothing: the page says so. */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const { id: accountId, zone } = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
    const today = todayIn(zone, ctx.now);
    const { id: invoiceId } = await getBill(ctx.db, { accountId, number: args.params["bill"] ?? "", today });
    const intent = (await readForm(args.request)).get("intent");
    if (intent === "renew_link") await renewPayLink({ ctx, input: { accountId, invoiceId } });
    else if (intent === "revoke_link") await revokePayLink({ ctx, input: { accountId, invoiceId } });
    else throw new Response(null, { status: 400 });
    return { ok: true as const };
  });

/** What the customer sees of a bill, with what was asked and held beside it. */
export default function AccountBill() {
  const { bill, account, conversation, link } = useLoaderData<typeof loader>();
  const of = (minor: bigint) => <Money value={money(minor, bill.currency)} />;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <h2 className="text-16 font-semibold">
          {bill.kind === "late_fee" ? "Late fee" : "Bill"} {bill.number}
        </h2>
        <BillState bill={bill} pill />
        <Link
          to={`/console/accounts/${encodeURIComponent(account)}/bills/${encodeURIComponent(bill.number)}/bill.pdf`}
          reloadDocument
        >
          PDF
        </Link>
      </div>
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-12">
        <section aria-labelledby="lines" className="min-w-0">
          <SectionHeader id="lines" title="What it is for" level={3} />
          <BillLines bill={bill} />
          {bill.memo ? <p className="mt-4 max-w-[68ch] text-ink-2">{bill.memo}</p> : null}
          <RelatedBills related={bill.related} pathOf={(number) => accountBillPath(account, number)} />
        </section>
        <div className="grid content-start gap-8">
          <Pairs
            pairs={[
              { label: "Issued", value: <Day date={bill.issuedOn} style="short" /> },
              { label: "Due", value: <Day date={bill.dueOn} style="short" /> },
              { label: "Held", value: of(bill.openMinor - bill.payableMinor) },
              { label: "Payable", value: of(bill.payableMinor), total: true },
            ]}
          />
          <StaffLink link={link} payable={bill.payableMinor > 0n} />
          {bill.openMinor > 0n ? (
            <CreditWhere {...{ account, conversation }} bill={bill.number} lateFee={bill.kind === "late_fee"} />
          ) : null}
          <section aria-labelledby="history">
            <SectionHeader id="history" title="What happened" level={3} />
            <BillTimeline bill={bill} linked={false} />
          </section>
        </div>
      </div>
    </>
  );
}
