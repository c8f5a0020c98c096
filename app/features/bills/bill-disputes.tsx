import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { Status } from "#app/ui/status.tsx";
import type { Dispute } from "#server/domains/disputes/index.ts";

import { disputeState } from "../activity/dispute-state.ts";

/** The disputes about a bill: where each stands and the way to it. Nothing at all when there is none. */
export function BillDisputes({ disputes }: { disputes: readonly Dispute[] }) {
  if (disputes.length === 0) return null;
  return (
    <section aria-labelledby="disputes">
      <SectionHeader id="disputes" title={disputes.length === 1 ? "Dispute" : "Disputes"} />
      <ul className="grid gap-3">
        {disputes.map((dispute) => {
          const { tone, word } = disputeState(dispute.state);
          return (
            <li key={dispute.id} className="flex items-baseline justify-between gap-4">
              <span className="min-w-0">
                <Link to={`/disputes/${encodeURIComponent(dispute.number)}`}>{dispute.number}</Link>
                <span className="block text-14">
                  <Status tone={tone}>{word}</Status>
                </span>
              </span>
              <Money value={dispute.amount} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
