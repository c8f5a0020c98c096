import { encodeId } from "#app/contracts/ids.ts";
import {
  REFUND_CAUSE_WORDS,
  REFUND_REASONS,
  REFUND_STATES,
  refundFailureText,
} from "#app/contracts/messages/refunds.ts";
import { isZero } from "#app/contracts/money.ts";
import { Day } from "#app/ui/date.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { type Pair } from "#app/ui/pairs.tsx";
import { ReceiptCard } from "#app/ui/receipt-card.tsx";
import type { Refund } from "#server/domains/payments/index.ts";

export type RefundListProps = {
  refunds: readonly (Omit<Refund, "by"> & { by?: string | null })[];
  /** Staff read the cause and who gave it, the customer the reason. */
  forStaff: boolean;
  billPath: (number: string) => string;
};

/** What went back of a payment, and how far it has come: the same receipts as in the thread. */
export function RefundList({ refunds, forStaff, billPath }: RefundListProps) {
  return (
    <div className="grid gap-4">
      {refunds.map((refund) => (
        <ReceiptCard
          key={refund.id}
          title="Refund"
          amount={refund.amount}
          state={REFUND_STATES[refund.state] ?? { tone: "waiting", word: refund.state }}
          rows={rowsOf(refund, { forStaff, billPath })}
          id={encodeId("action", refund.actionId)}
          when={<Day date={refund.occurredOn} />}
        />
      ))}
    </div>
  );
}

type Looks = Pick<RefundListProps, "forStaff" | "billPath">;

function rowsOf(refund: RefundListProps["refunds"][number], { forStaff, billPath }: Looks): Pair[] {
  const rows: Pair[] = refund.bills.map(({ number, amount }) => ({
    label: <Link to={billPath(number)}>{number}</Link>,
    value: <Money value={amount} />,
  }));
  if (!isZero(refund.fee)) rows.push({ label: "Convenience fee", value: <Money value={refund.fee} /> });
  rows.push({ label: "Why", value: forStaff ? REFUND_CAUSE_WORDS[refund.cause].label : REFUND_REASONS[refund.cause] });
  if (refund.note !== null) rows.push({ label: forStaff ? "Told the customer" : "From us", value: refund.note });
  if (refund.by) rows.push({ label: "Given by", value: refund.by });
  if (refund.state === "failed") {
    const kept = "Your bank sent it back. It is credit on your account now.";
    rows.push({ label: "What happened", value: forStaff ? refundFailureText(refund.failureCode) : kept });
  }
  return rows;
}
