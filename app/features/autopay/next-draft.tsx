import { money } from "#app/contracts/money.ts";
import { Day } from "#app/ui/date.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import type { Draft } from "#server/domains/autopay/index.ts";

type Props = { draft: Draft | null; on: boolean; paused: boolean; mayPay: boolean };

/** What is taken next by itself, on the landing; or that nothing is, and how it could be. */
export function NextDraft({ draft, on, paused, mayPay }: Props) {
  if (draft === null && !on && !mayPay) return null;
  return (
    <section aria-labelledby="next-draft">
      <SectionHeader id="next-draft" title="By itself" action={<Link to="/autopay">Autopay</Link>} />
      <p className="text-ink-2">
        {draft === null ? (
          paused ? (
            "Autopay is paused."
          ) : on ? (
            "Autopay is on. You are told before the next payment is taken."
          ) : (
            "Nothing is paid by itself."
          )
        ) : (
          <>
            <strong className="font-medium text-ink">
              <Money value={money(draft.takesMinor, draft.currency)} />
            </strong>{" "}
            on <Day date={draft.tryOn ?? draft.draftOn} />
            {draft.methodLabel ? ` from ${draft.methodLabel}` : null}
          </>
        )}
      </p>
    </section>
  );
}
