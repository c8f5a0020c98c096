import { and, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";

import { maskCardNumbers } from "#app/contracts/mask-cards.ts";
import { money } from "#app/contracts/money.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Tx } from "#db/client.ts";
import { disputeFiles, type DisputeReason, disputes, invoiceLines, invoices } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount, mailAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { getPolicy, todayIn } from "#server/domains/business/index.ts";
import { openConversationIn, postMessage } from "#server/domains/conversations/index.ts";
import { listOwnFileIds } from "#server/domains/files/index.ts";
import { placeClaim } from "#server/domains/invoices/index.ts";
import { mailMoney } from "#server/domains/notifications/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx, within } from "#server/platform/ctx.ts";
import { bug, notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { type DisputeRow, recordEvent, sumLiveDisputes } from "./rows.ts";
import { clockFrom, decideAmount } from "./rules.ts";

export const MAX_DESCRIPTION = 5_000;
export const MAX_DISPUTE_FILES = 5;

export type NewDispute = {
  accountId: string;
  invoiceId: string;
  /** About this line only. */
  lineId: string | null;
  /** Minor units; null is all that can be in question of the bill or line. */
  amountMinor: bigint | null;
  reason: Exclude<DisputeReason, "imported">;
  description: string;
  fileIds: readonly string[];
  /** A uuid that the form carries: sending it twice files one dispute. */
  clientKey: string;
};

export type FiledDispute = { disputeId: string; number: string; conversationId: string | null; fresh: boolean };

export type FileRefusal =
  | Refusal<"description_needed">
  | (Refusal<"description_too_long"> & { length: number; max: number })
  | (Refusal<"too_many_files"> & { max: number })
  | Refusal<"unknown_file">
  | Refusal<"bill_void">
  | Refusal<"nothing_left">
  | Refusal<"amount_needed">
  | Refusal<"key_reused_with_other_input">
  | (Refusal<"above_most"> & { mostMinor: bigint });

/**
 * Files a dispute: its amount is claimed on the bill and stays out of what is asked for, the policy's clock starts on
 * the local day of the notice, and its case is a conversation that begins with the description. The same client key
 * files it once. Refuses as the type says; throws not_found for a foreign bill or line.
 */
export async function fileDispute({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: NewDispute;
}): Promise<Ok<FiledDispute> | FileRefusal> {
  authorize(ctx.actor, "dispute.file", input.accountId);
  const description = maskCardNumbers(input.description.trim());
  if (description === "") return refuse("description_needed");
  if (description.length > MAX_DESCRIPTION) {
    return refuse("description_too_long", { length: description.length, max: MAX_DESCRIPTION });
  }
  if (input.fileIds.length > MAX_DISPUTE_FILES) return refuse("too_many_files", { max: MAX_DISPUTE_FILES });
  return withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, input.accountId);
    const [known] = await tx.select().from(disputes).where(eq(disputes.clientKey, input.clientKey));
    if (known) return answerAgain(known, { ...input, description });
    const files = await listOwnFileIds(tx, account.id, input.fileIds);
    if (files.length !== new Set(input.fileIds).size) return refuse("unknown_file");
    const most = await findMost(tx, input);
    if (!most.ok) return most;
    const amountMinor = input.amountMinor ?? most.value.mostMinor;
    if (amountMinor <= 0n) return refuse(most.value.mostMinor <= 0n ? "nothing_left" : "amount_needed");
    const decided = decideAmount({ askedMinor: amountMinor, mostMinor: most.value.mostMinor });
    if (decided === "nothing_left") return refuse("nothing_left");
    if (decided === "above_most") return refuse("above_most", { mostMinor: most.value.mostMinor });
    const filing = { input: { ...input, description }, account, amountMinor, billNumber: most.value.billNumber };
    return ok(await write({ ctx, tx }, filing));
  });
}

function answerAgain(known: DisputeRow, input: NewDispute): Ok<FiledDispute> | Refusal<"key_reused_with_other_input"> {
  if (known.accountId !== input.accountId) throw notFound("dispute");
  const same =
    known.invoiceId === input.invoiceId &&
    known.invoiceLineId === input.lineId &&
    known.reason === input.reason &&
    known.description === input.description &&
    (input.amountMinor === null || input.amountMinor === known.amountMinor);
  if (!same) return refuse("key_reused_with_other_input");
  const { id, number, conversationId } = known;
  return ok({ disputeId: id, number, conversationId, fresh: false });
}

/** What of a bill or line can still be in question: its total, less what credits took back and live disputes speak for. */
async function findMost(
  tx: Tx,
  { accountId, invoiceId, lineId }: NewDispute,
): Promise<Ok<{ mostMinor: bigint; billNumber: string }> | Refusal<"bill_void">> {
  const [bill] = await tx
    .select()
    .from(invoices)
    .where(and(eq(invoices.id, invoiceId), eq(invoices.accountId, accountId)));
  if (!bill) throw notFound("bill");
  if (bill.status === "voided") return refuse("bill_void");
  const onBill =
    bill.totalMinor - bill.creditedMinor - (await sumLiveDisputes(tx, { column: "invoiceId", id: bill.id }));
  if (lineId === null) return ok({ mostMinor: onBill, billNumber: bill.number });
  const [line] = await tx
    .select()
    .from(invoiceLines)
    .where(and(eq(invoiceLines.id, lineId), eq(invoiceLines.invoiceId, invoiceId)));
  if (!line) throw notFound("line");
  const live = await sumLiveDisputes(tx, { column: "invoiceLineId", id: line.id });
  const onLine = line.amountMinor + line.taxMinor - line.creditedMinor - live;
  return ok({ mostMinor: onLine < onBill ? onLine : onBill, billNumber: bill.number });
}

type Filing = {
  input: NewDispute;
  account: Account;
  amountMinor: bigint;
  billNumber: string;
};

async function write({ ctx, tx }: { ctx: Ctx; tx: Tx }, filing: Filing): Promise<FiledDispute> {
  const { input, account, amountMinor, billNumber } = filing;
  const { accountId, invoiceId, lineId, reason, description, clientKey } = input;
  const disputeId = uuidv7();
  const number = await nextNumber(tx);
  const openedOn = todayIn(account.zone, ctx.now);
  const conversationId = await openCase({ ctx, tx }, { disputeId, number, ...filing });
  const [row] = await tx
    .insert(disputes)
    .values({
      ...{ id: disputeId, number, clientKey, accountId, invoiceId, invoiceLineId: lineId, amountMinor },
      ...{ currency: account.currency, reason, description, state: "open", filedBy: loginIdOf(ctx.actor) },
      ...{ conversationId, openedOn, openedAt: ctx.now, ...(await promisesOf(tx, reason, openedOn)) },
    })
    .returning();
  const dispute = present(row, "an inserted dispute has a row");
  if (input.fileIds.length > 0) {
    await tx.insert(disputeFiles).values([...new Set(input.fileIds)].map((fileId) => ({ disputeId, fileId })));
  }
  await placeClaim(tx, {
    ...{ accountId, kind: "dispute", sourceId: disputeId, occurredOn: openedOn, occurredAt: ctx.now },
    bills: [{ invoiceId, wantedMinor: amountMinor }],
  });
  const facts = { amountMinor: amountMinor.toString() };
  await recordEvent({ ctx, tx }, { dispute, kind: "filed", from: null, to: "open", note: null, facts });
  await mailFiled(tx, { dispute, account, billNumber, at: ctx.now });
  return { disputeId, number, conversationId, fresh: true };
}

async function nextNumber(tx: Tx): Promise<string> {
  const [row] = await tx.execute<{ number: string }>(sql`select 'DSP-' || nextval('dispute_numbers') as number`);
  return present(row, "a sequence gives a number").number;
}

/** The days that the policy in force promises for this reason. */
async function promisesOf(tx: Tx, reason: NewDispute["reason"], openedOn: LocalDate) {
  const { body, versionId } = await getPolicy(tx, "dispute_clock");
  return { policyVersionId: versionId, ...clockFrom(body[reason] ?? body.default, openedOn) };
}

/** Its case: a conversation of its own, begun with what the customer wrote. */
async function openCase(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { disputeId, number, input, billNumber }: Filing & { disputeId: string; number: string },
): Promise<string> {
  const personLoginId = ctx.actor.kind === "customer" ? ctx.actor.loginId : null;
  const title = `${number}: bill ${billNumber}`;
  const draft = { accountId: input.accountId, personLoginId, title };
  const { conversation } = await openConversationIn(tx, { ...draft, subject: "dispute", subjectId: disputeId });
  const posted = await postMessage({
    ctx: within(ctx, tx),
    input: {
      conversationId: conversation.id,
      ...{ clientId: input.clientKey, body: input.description, fileIds: input.fileIds },
    },
  });
  if (!posted.ok) throw bug(`a dispute's description was refused as a message: ${posted.reason}`);
  return conversation.id;
}

async function mailFiled(
  tx: Tx,
  { dispute, account, billNumber, at }: { dispute: DisputeRow; account: Account; billNumber: string; at: Date },
): Promise<void> {
  if (dispute.imported) return;
  const { number, amountMinor, currency, acknowledgeBy } = dispute;
  await mailAccount(tx, {
    ...{ kind: "dispute_filed", account, doneBy: dispute.filedBy, dedupeKey: `dispute-filed:${dispute.id}` },
    at,
    data: {
      ...{ number, path: `/disputes/${number}`, bill: billNumber, nextOn: acknowledgeBy },
      amount: mailMoney(money(amountMinor, currency)),
    },
  });
}
