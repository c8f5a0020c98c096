import { BILL_EVENT_WORDS } from "#app/contracts/messages/bills.ts";
import { CREDIT_KIND_WORDS } from "#app/contracts/messages/credits.ts";
import { REFUND_REASONS } from "#app/contracts/messages/refunds.ts";
import { decodeId, encodeId } from "#app/contracts/ids.ts";
import { money } from "#app/contracts/money.ts";
import { Day, Moment } from "#app/ui/date.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { type Tone } from "#app/ui/status.tsx";
import { Timeline, type TimelineItem } from "#app/ui/timeline.tsx";
import type { BillDetail, BillEvent, BillRefund } from "#server/domains/invoices/index.ts";

import { stateWords, toneOf } from "./bill-state.tsx";

/** Everything that happened to a bill, oldest first, and what comes next. `linked`: with the portal's ways to payments. */
export function BillTimeline({ bill, linked = true }: { bill: BillDetail; linked?: boolean }) {
  const items: TimelineItem[] = bill.timeline.map((event) => ({
    key: event.id,
    tone: TONES[event.kind],
    what: <What event={event} bill={bill} />,
    when: <When event={event} bill={bill} />,
    note: <Note event={event} bill={bill} linked={linked} />,
  }));
  if (bill.payableMinor > 0n) items.push({ key: "next", tone: toneOf(bill), what: stateWords(bill) });
  return <Timeline items={items} label="What happened to this bill" />;
}

const TONES: Record<BillEvent["kind"], Tone> = {
  issued: "done",
  sent: "done",
  viewed: "done",
  paid: "settled",
  credited: "settled",
  uncredited: "waiting",
  unpaid: "overdue",
  written_off: "done",
  disputed: "dispute",
  dispute_settled: "done",
  payment_started: "waiting",
  payment_failed: "overdue",
  voided: "done",
  refunded: "waiting",
};

/** The moment; of what is known by its day only, the day. */
function When({ event, bill }: { event: BillEvent; bill: BillDetail }) {
  if (event.kind === "issued") return <Day date={bill.issuedOn} />;
  const paymentId = event.kind === "paid" && event.reference !== null ? decodeId("payment", event.reference) : null;
  const byHand = bill.allocations.find((one) => one.byHand && one.paymentId === paymentId && one.amountMinor > 0n);
  return byHand ? <Day date={byHand.occurredOn} /> : <Moment at={event.occurredAt} />;
}

function What({ event, bill }: { event: BillEvent; bill: BillDetail }) {
  const words = BILL_EVENT_WORDS[event.kind];
  if (event.amountMinor === null || event.kind === "issued") return words;
  return (
    <>
      {words}: <Money value={money(event.amountMinor, bill.currency)} />
    </>
  );
}

type NoteProps = { event: BillEvent; bill: BillDetail; linked: boolean };

/** Which payment or credit it was, with the way to it. */
function Note({ event, bill: { allocations, refunds }, linked }: NoteProps) {
  if (event.reference === null) return null;
  const refundId = decodeId("refund", event.reference);
  if (refundId !== null) return <WhyBack refund={refunds.find((one) => one.id === refundId)} linked={linked} />;
  const paymentId = decodeId("payment", event.reference);
  if (paymentId !== null) {
    const label =
      allocations.find((a) => a.paymentId === paymentId)?.paymentLabel ?? (linked ? "See the payment" : "Payment");
    if (!linked) return label;
    return <Link to={`/payments/${event.reference}`}>{label}</Link>;
  }
  const creditId = decodeId("credit", event.reference);
  const credit = creditId === null ? undefined : allocations.find((a) => a.creditId === creditId);
  return credit ? `${wordOf(credit.creditKind)} ${credit.creditNumber ?? ""}`.trim() : null;
}

/** Why money went back, and of which payment. */
function WhyBack({ refund, linked }: { refund: BillRefund | undefined; linked: boolean }) {
  if (!refund) return null;
  const label = refund.paymentLabel ?? "the payment";
  return (
    <>
      {REFUND_REASONS[refund.cause]} <bdi>{refund.note}</bdi> {refund.byHand ? "Paid out for" : "To"}{" "}
      {linked ? <Link to={`/payments/${encodeId("payment", refund.paymentId)}`}>{label}</Link> : label}
      {refund.failed ? "; it did not arrive there" : ""}.
    </>
  );
}

const isCreditKind = (kind: string): kind is keyof typeof CREDIT_KIND_WORDS => Object.hasOwn(CREDIT_KIND_WORDS, kind);
const wordOf = (kind: string | null): string => (kind !== null && isCreditKind(kind) ? CREDIT_KIND_WORDS[kind] : "");
