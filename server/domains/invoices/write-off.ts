import { type Tx } from "#db/client.ts";
import { notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { closeSheet } from "./close-sheet.ts";
import { openSheet } from "./open-sheet.ts";
import { releaseOnSheet } from "./sheet-claims.ts";
import { type Loss, moveOnBill, openOf, payableOf, post, type Step } from "./sheet.ts";

export type WriteOff = {
  step: Step;
  accountId: string;
  invoiceId: string;
  amountMinor: bigint;
  bearer: Loss["bearer"];
  /** A chargeback whose claim ends with this. */
  chargebackId?: string | undefined;
};

/**
 * Takes an amount of a bill as lost, inside the caller's transaction: bearer / receivable, counted as written off.
 * Refuses more than is payable: a held amount waits for what holds it.
 */
export async function writeOff(
  tx: Tx,
  input: WriteOff,
): Promise<Ok<{ openMinor: bigint }> | (Refusal<"more_than_payable"> & { payableMinor: bigint })> {
  const { step, accountId, invoiceId, amountMinor } = input;
  const claimSourceIds = input.chargebackId === undefined ? [] : [input.chargebackId];
  const sheet = await openSheet(tx, { accountIds: [accountId], invoiceIds: [invoiceId], claimSourceIds });
  const bill = sheet.bills.get(invoiceId);
  if (!bill) throw notFound("bill");
  if (input.chargebackId !== undefined) releaseOnSheet(sheet, { kind: "chargeback", sourceId: input.chargebackId });
  if (amountMinor > payableOf(bill)) return refuse("more_than_payable", { payableMinor: payableOf(bill) });
  const kind = input.bearer === "bad_debt" ? "write_off" : "chargeback_lost";
  const journal = post(sheet, step, { journal: kind, account: input.bearer, accountId, amountMinor });
  post(sheet, step, { journal: kind, account: "receivable", accountId, amountMinor: -amountMinor });
  const source = { paymentId: null, creditId: null, openCreditId: null };
  const { occurredOn } = step;
  moveOnBill(sheet, { ...source, invoiceId, accountId, effect: "written_off", amountMinor, journal, occurredOn });
  await closeSheet(tx, sheet, step);
  return ok({ openMinor: openOf(bill) });
}
