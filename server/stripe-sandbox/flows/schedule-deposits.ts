import { bankConductOf, type BankBehaviour } from "../catalogue/banks.ts";
import { type Work } from "../store/work.ts";
import { addBusinessDays, addDays } from "../time/business-days.ts";
import { schedule } from "../time/schedule.ts";

/** The small deposits are on their way: they can fail to arrive, or wait ten days to be told. */
export async function scheduleDeposits(work: Work, intentId: string, behaviour: BankBehaviour): Promise<void> {
  if (bankConductOf(behaviour).microdepositsFail)
    return schedule(work, { duty: "microdeposit_fails", subject: intentId, dueMs: addBusinessDays(work.nowMs, 1) });
  await schedule(work, { duty: "microdeposit_timeout", subject: intentId, dueMs: addDays(work.nowMs, 10) });
}
