import { endOfDispute } from "../flows/dispute-deadline.ts";
import { returnDebit, settleDebit } from "../flows/debit-bank.ts";
import { arrivePayout } from "../flows/pay-out.ts";
import { failRefund, finishRefund } from "../flows/refund-charge.ts";
import { expireMicrodeposits, failMicrodeposits } from "../flows/verify-microdeposits.ts";
import { type Sandbox } from "../sandbox.ts";
import { type Work } from "../store/work.ts";
import { dutyNames, type DutyName } from "./schedule.ts";

const duties: Record<DutyName, (work: Work, subject: string) => Promise<unknown>> = {
  settle_debit: (work, id) => settleDebit(work, id),
  return_debit: returnDebit,
  finish_refund: finishRefund,
  fail_refund: failRefund,
  dispute_deadline: endOfDispute,
  payout_arrives: arrivePayout,
  microdeposit_timeout: expireMicrodeposits,
  microdeposit_fails: failMicrodeposits,
};

type DueRow = { id: string; due_ms: string; duty: string; subject: string };

const isDuty = (name: string): name is DutyName => (dutyNames as readonly string[]).includes(name);

/** Takes the oldest overdue duty, does it as of the moment it was due, and forgets it, all in one transaction. */
async function doOne(sandbox: Sandbox): Promise<"did" | "nothing"> {
  const nowMs = sandbox.clock.now().getTime();
  return sandbox.sql.begin(async (tx) => {
    const [row] = await tx<DueRow[]>`
      select id, due_ms, duty, subject from stripe_sandbox.due where due_ms <= ${nowMs}
      order by due_ms, id limit 1 for update skip locked`;
    if (!row) return "nothing";
    const work: Work = {
      tx,
      nowMs: Number(row.due_ms),
      request: { id: null, idempotencyKey: null },
      publicBase: sandbox.publicBase(),
    };
    try {
      await tx.savepoint(async (inner) => {
        if (isDuty(row.duty)) await duties[row.duty]({ ...work, tx: inner }, row.subject);
      });
    } catch (error) {
      sandbox.log.error(
        { err: error, duty: row.duty, subject: row.subject },
        "a duty of the Stripe stand-in failed and is dropped",
      );
    }
    await tx`delete from stripe_sandbox.due where id = ${row.id}`;
    return "did";
  }) as Promise<"did" | "nothing">;
}

/** Everything the business clock has reached, in its order, with what follows from it. */
export async function doDue(sandbox: Sandbox): Promise<number> {
  let done = 0;
  while (done < 100_000 && (await doOne(sandbox)) === "did") done += 1;
  return done;
}
