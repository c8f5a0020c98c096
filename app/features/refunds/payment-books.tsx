import { encodeId } from "#app/contracts/ids.ts";
import { JOURNAL_WORDS } from "#app/contracts/messages/by-hand.ts";
import { Day } from "#app/ui/date.tsx";
import { Money } from "#app/ui/money.tsx";
import { Timeline } from "#app/ui/timeline.tsx";
import type { PaymentJournal } from "#server/domains/payments/index.ts";

/** What the books say of a payment, in order, each with its journal's id. */
export function PaymentBooks({ journals }: { journals: readonly PaymentJournal[] }) {
  const items = journals.map((journal) => ({
    key: journal.id,
    tone: TONES[journal.kind] ?? ("done" as const),
    what: (
      <>
        {JOURNAL_WORDS[journal.kind] ?? journal.kind.replaceAll("_", " ")}: <Money value={journal.amount} />
      </>
    ),
    when: <Day date={journal.occurredOn} />,
    note: <span className="tabular break-all">{encodeId("journal", journal.id)}</span>,
  }));
  return <Timeline items={items} label="What the books say" />;
}

const TONES: Partial<Record<PaymentJournal["kind"], "settled" | "waiting" | "overdue" | "dispute">> = {
  payment_settled: "settled",
  recorded_payment: "settled",
  imported_payment: "settled",
  refund: "waiting",
  refund_reopened: "waiting",
  refund_failed: "overdue",
  payment_returned: "overdue",
  payment_bounced: "overdue",
  chargeback_opened: "dispute",
  chargeback_won: "settled",
};
