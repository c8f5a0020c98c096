import { eq } from "drizzle-orm";

import { DISPUTE_STATE_WORDS } from "#app/contracts/messages/disputes.ts";
import { type Tx } from "#db/client.ts";
import { invoices } from "#db/schema/index.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { queueMail } from "#server/domains/notifications/index.ts";

import { addressOf } from "./mail-address.ts";
import { type DisputeRow } from "./rows.ts";
import { type DisputeStep } from "./rules.ts";

/** The steps of ours that whoever filed the case would want to hear of; their own steps they know. */
const TOLD: readonly DisputeStep[] = ["acknowledge", "ask_customer", "reopen"];

/** Mails where a case stands after a step, and by when the next one is due. Once per step and state. */
export async function mailStep(
  tx: Tx,
  { account, dispute, step, at }: { account: Account; dispute: DisputeRow; step: DisputeStep; at: Date },
): Promise<void> {
  const to = TOLD.includes(step) ? await addressOf(tx, dispute, account) : null;
  if (to === null) return;
  const { id, number, state, invoiceId, resolveBy, version } = dispute;
  const [bill] =
    invoiceId === null
      ? []
      : await tx.select({ number: invoices.number }).from(invoices).where(eq(invoices.id, invoiceId));
  await queueMail(tx, {
    ...{ kind: "dispute_changed", to, accountId: account.id },
    dedupeKey: `dispute-changed:${id}:${step}:${String(version)}`,
    at,
    data: {
      ...{ number, path: `/disputes/${number}`, bill: bill?.number ?? "" },
      ...{ stateText: DISPUTE_STATE_WORDS[state], nextOn: resolveBy },
    },
  });
}
