import { cardState, cardTitle } from "#app/contracts/messages/money-card.ts";
import { REFUND_REASONS, type RefundCauseWord } from "#app/contracts/messages/refunds.ts";
import { encodeId } from "#app/contracts/ids.ts";
import { type Money as MoneyValue, money } from "#app/contracts/money.ts";
import { type MoneyCard } from "#app/contracts/realtime/thread.ts";
import { Becomes } from "#app/ui/becomes.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { type Pair } from "#app/ui/pairs.tsx";
import { ReceiptCard } from "#app/ui/receipt-card.tsx";

import { useBillPath } from "./bill-path.tsx";
import { Clock } from "./clock.tsx";
import { PlanCardActions, planRows } from "./plan-card.tsx";

/** What happened to money, as a small receipt. It says what its action says now: both sides of the thread see it move. */
export function MoneyCardView({ card, createdAt, staff }: { card: MoneyCard; createdAt: string; staff: boolean }) {
  const amount = money(BigInt(card.amountMinor), card.currency);
  return (
    <ReceiptCard
      title={cardTitle(card.kind, card.facts)}
      amount={amount}
      state={cardState({ state: card.state, kind: card.kind, facts: card.facts })}
      rows={rowsOf(card)}
      id={encodeId("action", card.id)}
      when={<Clock at={createdAt} />}
      actions={typeof card.facts["planId"] === "string" ? <PlanCardActions card={card} staff={staff} /> : undefined}
    />
  );
}

/**
 * The facts an action may carry for its card: `bill` (a number), `openBeforeMinor` and `openAfterMinor` of it,
 * `restMinor` (what went beyond the bill), `bills` (a list of `{ number, amountMinor }`), `number` (of a credit).
 */
function rowsOf({ kind, facts, reason, currency }: MoneyCard): Pair[] {
  const amountOf = (value: unknown): MoneyValue | null =>
    (typeof value === "string" && /^-?\d+$/.test(value)) || typeof value === "number"
      ? money(BigInt(value), currency)
      : null;
  const rows: Pair[] = [];
  const bill = textOf(facts["bill"]) ?? textOf(facts["invoiceNumber"]);
  const [before, after] = [amountOf(facts["openBeforeMinor"]), amountOf(facts["openAfterMinor"])];
  if (bill !== null && before && after) {
    rows.push({
      label: <BillLink number={bill} />,
      value: <Becomes before={<Money value={before} />} after={<Money value={after} />} />,
    });
  } else if (bill !== null) rows.push({ label: "Bill", value: <BillLink number={bill} /> });
  for (const part of listOf(facts["bills"])) {
    const number = textOf(part["number"]);
    const share = amountOf(part["amountMinor"]);
    if (number !== null && share) rows.push({ label: <BillLink number={number} />, value: <Money value={share} /> });
  }
  const to = textOf(facts["to"]);
  if (to !== null) rows.push({ label: kind === "refund" ? "Back to" : "Paid with", value: to });
  if (reason) rows.push({ label: "Reason", value: kind === "refund" ? refundReason(reason) : reasonWords(reason) });
  const rest = amountOf(facts["restMinor"]);
  if (rest && rest.amountMinor > 0n) rows.push({ label: "Kept as open credit", value: <Money value={rest} /> });
  const each = amountOf(facts["eachMinor"]);
  if (each) rows.push(...planRows({ facts, each, down: amountOf(facts["downMinor"]) }));
  const number = textOf(facts["number"]);
  if (number !== null) rows.push({ label: "Number", value: number });
  return rows;
}

function BillLink({ number }: { number: string }) {
  return <Link to={useBillPath()(number)}>{number}</Link>;
}

const isRefundCause = (text: string): text is RefundCauseWord => Object.hasOwn(REFUND_REASONS, text);
/** Both sides of a thread read why money goes back. */
const refundReason = (cause: string): string => (isRefundCause(cause) ? REFUND_REASONS[cause] : reasonWords(cause));

/** "late_fee" is shown as "Late fee". */
const reasonWords = (reason: string): string => {
  const words = reason.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};
const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const listOf = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "object" && one !== null) : [];
