import { money } from "#app/contracts/money.ts";
import { AMOUNT_WORDS, daysText, DRAFT_SOURCE } from "#app/contracts/messages/autopay.ts";
import { Day } from "#app/ui/date.tsx";
import { Money } from "#app/ui/money.tsx";
import { Status } from "#app/ui/status.tsx";
import type { Autopay, Draft } from "#server/domains/autopay/index.ts";

/** What is paid by itself, beside a rep's conversation: read only. Nothing where nothing is. */
export function ByItself({ autopay, draft }: { autopay: Autopay | null; draft: Draft | null }) {
  if (autopay === null && draft === null) return null;
  return (
    <section aria-label="By itself">
      <h3 className="side-label">By itself</h3>
      <ul className="side-rows">
        {autopay === null ? null : (
          <li className="side-row">
            <span className="min-w-0">
              Autopay · {AMOUNT_WORDS[autopay.amountKind].label}
              <span className="side-note">
                {autopay.pausedAt === null ? <Terms autopay={autopay} /> : <Status tone="waiting">Paused</Status>}
              </span>
            </span>
            {autopay.fixedMinor !== null && draft ? <Money value={money(autopay.fixedMinor, draft.currency)} /> : null}
          </li>
        )}
        {draft === null ? null : (
          <li className="side-row">
            <span className="min-w-0">
              Next: <Day date={draft.tryOn ?? draft.draftOn} />
              <span className="side-note">
                {draft.attempts > 0 ? (
                  <Status tone="overdue">Did not go through, tried again</Status>
                ) : (
                  DRAFT_SOURCE[draft.source]
                )}
              </span>
            </span>
            <Money value={money(draft.takesMinor, draft.currency)} />
          </li>
        )}
      </ul>
    </section>
  );
}

const Terms = ({ autopay: { daysBeforeDue, method } }: { autopay: Autopay }) => (
  <>
    {daysBeforeDue === 0 ? "on the due date" : `${daysText(daysBeforeDue)} before the due date`}, {method.label}
  </>
);
