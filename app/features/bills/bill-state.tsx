import { type ReactNode } from "react";

import { BILL_STANDING_WORDS } from "#app/contracts/messages/bills.ts";
import { Day } from "#app/ui/date.tsx";
import { Status, type Tone } from "#app/ui/status.tsx";
import type { Bill } from "#server/domains/invoices/index.ts";

type Standing = Pick<Bill, "standing" | "daysLate" | "dueOn">;

/** A bill's one state: a shape, a colour and a word. */
export function BillState({ bill, pill }: { bill: Standing; pill?: boolean }) {
  return (
    <Status tone={toneOf(bill)} pill={pill ?? false}>
      {stateWords(bill)}
    </Status>
  );
}

/** Days before a due date from which it is worth a colour. */
const SOON_DAYS = 7;

export function toneOf({ standing, daysLate }: Standing): Tone {
  switch (standing) {
    case "overdue":
      return "overdue";
    case "in_dispute":
    case "under_review":
      return "dispute";
    case "processing":
    case "scheduled":
    case "planned":
      return "waiting";
    case "due":
      return daysLate >= -SOON_DAYS ? "waiting" : "done";
    case "paid":
    case "credited":
      return "settled";
    case "written_off":
    case "voided":
      return "done";
  }
}

/** The words alone: "27 days late", "Due tomorrow", "In dispute". */
export function stateWords({ standing, daysLate, dueOn }: Standing): ReactNode {
  if (standing === "due") return dueWords({ daysLate, dueOn });
  if (standing === "overdue") return daysLate === 1 ? "1 day late" : `${daysLate} days late`;
  return BILL_STANDING_WORDS[standing];
}

function dueWords({ daysLate, dueOn }: Pick<Standing, "daysLate" | "dueOn">): ReactNode {
  if (daysLate === 0) return "Due today";
  if (daysLate === -1) return "Due tomorrow";
  return (
    <>
      Due <Day date={dueOn} />
    </>
  );
}
