import { Day } from "#app/ui/date.tsx";
import type { DisputeDetail } from "#server/domains/disputes/index.ts";

/** What happens next and by when, in one sentence. */
export function NextInCase({ dispute }: { dispute: DisputeDetail }) {
  return <p className="max-w-[34rem] text-ink-2">{sentence(dispute)}</p>;
}

function sentence({ state, clock, appealBy, decisionReason }: DisputeDetail) {
  const by = clock.dueOn === null ? null : <Day date={clock.dueOn} />;
  switch (state) {
    case "open":
    case "reopened":
      return by ? <>We confirm by {by} that somebody has it.</> : "Somebody takes it next.";
    case "acknowledged":
    case "investigating":
    case "appealed":
      return by ? <>We look into it and answer by {by}.</> : "We are looking into it.";
    case "waiting_on_customer":
      return "We asked you something: answer in the messages, and it goes on.";
    case "resolved_for_customer":
      return decisionReason ?? "It was decided for you.";
    case "resolved_partially":
    case "denied":
      return (
        <>
          {decisionReason}
          {appealBy ? <> You can ask us to look again until {<Day date={appealBy} />}.</> : null}
        </>
      );
    case "withdrawn":
      return "You withdrew it, so the amount is asked for again.";
    case "closed":
      return decisionReason ?? "It is closed.";
  }
}
