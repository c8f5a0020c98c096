import { encodeId } from "#app/contracts/ids.ts";
import { staffPaymentWord } from "#app/contracts/messages/payment-states.ts";
import { isZero, type Money as MoneyValue } from "#app/contracts/money.ts";
import { whenMadePair } from "#app/features/payments/when-made.tsx";
import { Day } from "#app/ui/date.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { type Pair, Pairs } from "#app/ui/pairs.tsx";
import { Status } from "#app/ui/status.tsx";
import type { PaymentDetail, Refundable } from "#server/domains/payments/index.ts";

export type StaffPaymentProps = {
  payment: PaymentDetail;
  refundable: Refundable;
  /** What the bank took although it was refunded before; null where nothing is lost. */
  lost: MoneyValue | null;
  billPath: (number: string) => string;
};

const WHY_NOT: Record<NonNullable<Refundable["why"]>, string> = {
  not_settled: "It has not settled, so nothing can be refunded.",
  nothing_left: "Nothing of it is left to refund.",
  under_bank_review: "The bank has it under review: whoever is right gets the money there.",
};

/** The amount first, then where it went and how much of it is left. */
export function StaffPayment({ payment, refundable, lost, billPath }: StaffPaymentProps) {
  const why = payment.declineCode ?? payment.failureCode;
  const { tone, word } = staffPaymentWord(payment);
  return (
    <section aria-label="Payment" className="grid gap-4">
      <div>
        <h2 className="text-14 font-medium text-ink-2">
          Payment{payment.methodLabel ? `, ${payment.methodLabel}` : ""}
        </h2>
        <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1">
          <Money value={payment.amount} size="title" />
          <Status tone={tone} pill>
            {word}
          </Status>
          {payment.state === "failed" && why ? <span className="text-ink-3">{why.replaceAll("_", " ")}</span> : null}
        </p>
        {refundable.why === null ? null : <p className="mt-1 text-ink-2">{WHY_NOT[refundable.why]}</p>}
      </div>
      <div className="max-w-[34rem]">
        <Pairs pairs={pairsOf({ payment, refundable, lost, billPath })} />
      </div>
    </section>
  );
}

function pairsOf({ payment, refundable, lost, billPath }: StaffPaymentProps): Pair[] {
  const rows: Pair[] = payment.parts.map((part) => ({
    label: <Link to={billPath(part.number)}>{part.number}</Link>,
    value: <Money value={payment.state === "settled" ? part.paid : part.chosen} />,
  }));
  if (!isZero(payment.credit))
    rows.push({ label: "On no bill, kept as credit", value: <Money value={payment.credit} /> });
  if (!isZero(payment.fee)) rows.push({ label: "Convenience fee", value: <Money value={payment.fee} /> });
  if (!isZero(payment.refunded)) rows.push({ label: "Refunded", value: <Money value={payment.refunded} /> });
  if (!isZero(payment.takenBack))
    rows.push({ label: "Taken back by the bank", value: <Money value={payment.takenBack} /> });
  if (lost !== null) rows.push({ label: "Of it refunded before: our loss", value: <Money value={lost} /> });
  if (payment.state === "settled") rows.push({ label: "Left to refund", value: <Money value={refundable.left} /> });
  rows.push(whenMadePair(payment, "Made"));
  if (payment.payLinkId !== null) rows.push({ label: "How", value: "By the bill’s pay link" });
  if (payment.settledOn) rows.push({ label: "Settled", value: <Day date={payment.settledOn} style="short" /> });
  if (payment.kind === "check" || payment.kind === "cash") {
    rows.push({ label: "Deposited", value: payment.deposited ? "Yes" : <Link to="/console/deposits">Not yet</Link> });
  }
  if (payment.bouncedOn) rows.push({ label: "Sent back", value: <Day date={payment.bouncedOn} style="short" /> });
  const action = <span className="tabular break-all">{encodeId("action", payment.actionId)}</span>;
  return [...rows, { label: "Money action", value: action }];
}
