import { type Tone } from "#app/ui/status.tsx";
import type { Dispute } from "#server/domains/disputes/index.ts";

/** A dispute in a word, as the customer reads it. */
export function disputeState(state: Dispute["state"]): { tone: Tone; word: string } {
  switch (state) {
    case "open":
    case "acknowledged":
    case "investigating":
    case "appealed":
    case "reopened":
      return { tone: "dispute", word: "Being looked into" };
    case "waiting_on_customer":
      return { tone: "waiting", word: "Waits for you" };
    case "resolved_for_customer":
      return { tone: "settled", word: "Decided for you" };
    case "resolved_partially":
      return { tone: "settled", word: "Decided in part for you" };
    case "denied":
      return { tone: "done", word: "Denied" };
    case "withdrawn":
      return { tone: "done", word: "Withdrawn" };
    case "closed":
      return { tone: "done", word: "Closed" };
  }
}
