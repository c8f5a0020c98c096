import { Day, Moment } from "#app/ui/date.tsx";
import type { Payment } from "#server/domains/payments/index.ts";

type Made = Pick<Payment, "kind" | "requestedAt" | "settledOn">;

/** Of what came by hand or from another system only the day is known, and no hour is made up. */
const ofDay = ({ kind, settledOn }: Made) => (kind === "card" || kind === "bank_debit" ? null : settledOn);

/** When a payment was made: the moment, or the day it was received on. */
export function WhenMade({ payment, absolute = false }: { payment: Made; absolute?: boolean }) {
  const day = ofDay(payment);
  return day === null ? <Moment at={payment.requestedAt} absolute={absolute} /> : <Day date={day} />;
}

/** The same as a row of a payment's facts. */
export const whenMadePair = (payment: Made, label: string) => ({
  label: ofDay(payment) === null ? label : "Received",
  value: <WhenMade payment={payment} absolute />,
});
