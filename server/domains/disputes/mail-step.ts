import { eq } from "drizzle-orm";

import { DISPUTE_STATE_WORDS } from "#app/contracts/messages/disputes.ts";
import { type Tx } from "#db/client.ts";
import { invoices } from "#db/schema/index.ts";
import { type Account, mailAccount } from "#server/domains/accounts/index.ts";

import { type DisputeRow } from "./rows.ts";
import { type DisputeStep } from "./rules.ts";

/** The steps of ours that whoever filed the case would want to hear of; their own steps they know. */
const TOLD: readonly DisputeStep[] = ["acknowledge", "ask_customer", "reopen"];

/** Mails where a case stands after a step, and by when the next one is due. Once per step and state; nobody of imported ones. */
export async function mailStep(
  tx: Tx,
  { account, dispute, step, at }: { account: Account; dispute: DisputeRow; step: DisputeStep; at: Date },
): Promise<void> {
  if (dispute.imported || !TOLD.includes(step)) return;
  const { id, number, state, invoiceId, resolveBy, version } = dispute;
  const [bill] =
    invoiceId === null
      ? []
      : await tx.select({ number: invoices.number }).from(invoices).where(eq(invoices.id, invoiceId));
  await mailAccount(tx, {
    ...{ kind: "dispute_changed", account, doneBy: dispute.filedBy },
    dedupeKey: `dispute-changed:${id}:${step}:${String(version)}`,
    at,
    data: {
      ...{ number, path: `/disputes/${number}`, bill: bill?.number ?? "" },
      ...{ stateText: DISPUTE_STATE_WORDS[state], nextOn: resolveBy },
    },
  });
}
