import { and, eq, isNull } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";

import { chargeable, type ChargeMethod, type NotChargeable } from "#app/contracts/chargeable.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { paymentMethods, payments } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount } from "#server/domains/accounts/index.ts";
import { getPolicy, todayIn } from "#server/domains/business/index.ts";
import { applyOpenCredits, getAccountMoney, listOpenBills, placeClaim } from "#server/domains/invoices/index.ts";
import { findStartedAction, startAction } from "#server/domains/ledger/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { type Actor, loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { feeOf } from "./fee.ts";
import { authorizePayer, offeredTo, payLinkOf } from "./guest-payment.ts";
import { chargeKindOf, insertChosenBills, labelOf } from "./rows.ts";
import { type AllocationRefusal, checkChoice, type ChosenBill, payableAfterCredit } from "./rules.ts";

export type PaymentMeans =
  /** A confirmation token that the Payment Element made. */
  { kind: "token"; confirmationToken: string; save: boolean } | { kind: "saved"; methodId: string };

export type PaymentRequest = {
  accountId: string;
  /** All that is paid, in minor units of the account's currency. */
  amountMinor: bigint;
  /** Bills in the order they are paid; what they do not take becomes credit. */
  bills: readonly ChosenBill[];
  means: PaymentMeans;
  /** The account's version that the form showed; null skips the comparison (jobs, demo data). */
  seenVersion: number | null;
  /** The payer agreed that what no bill takes becomes credit. */
  creditAllowed: boolean;
  /** The convenience fee the payer was shown, on top of the amount; none is 0. */
  feeSeenMinor?: bigint;
  /** Why a bill is paid in part: a word of the catalogue, and the payer's own. */
  shortReason?: string | null;
  shortNote?: string | null;
  /** Taken by itself for a draft of whoever gave the mandate; nobody stands at the form. */
  draft?: { id: string; madeBy: string | null };
  idempotencyKey: string;
};

export type PaymentRefusal =
  | AllocationRefusal
  | NotChargeable
  | (Refusal<"fee_asked"> & { feeMinor: bigint })
  | (Refusal<"account_changed"> & { version: number })
  | Refusal<"method_gone" | "form_expired" | "processor_silent">
  | Refusal<"key_reused_with_other_input">;

export type RequestedPayment = { paymentId: string; fresh: boolean };

/**
 * Step (1) of a payment (MONEY.md "Payments"), all in one transaction under the account's lock: applies open credit,
 * checks the choice against payable, and records action, attempt and in_flight claims. Calls nobody. The same key gives
 * the same attempt. Throws a fault for whoever may not pay for the account.
 */
export async function requestPayment(
  ctx: Ctx,
  { input, tokenKind = "card" }: { input: PaymentRequest; tokenKind?: ChargeMethod },
): Promise<Ok<RequestedPayment> | PaymentRefusal> {
  authorizePayer(ctx.actor, input);
  return withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, input.accountId);
    const asked = askedOf(ctx.actor, input);
    const known = await findStartedAction(tx, { idempotencyKey: input.idempotencyKey, input: asked });
    if (known && !known.ok) return known;
    if (known) return ok({ paymentId: await paymentOfAction(tx, known.action.id), fresh: false });
    if (input.seenVersion !== null && input.seenVersion !== account.version) {
      return refuse("account_changed", { version: account.version });
    }
    const today = todayIn(account.zone, ctx.now);
    const refusal = await checkRequest({ ctx, tx }, { input, account, today, tokenKind });
    if (refusal) return refusal;
    return ok({ paymentId: await record({ ctx, tx }, { input, account, today, tokenKind, asked }), fresh: true });
  });
}

/** What the key stands for: the same attempt asked again must be the same. */
const askedOf = (actor: Actor, { accountId, amountMinor, bills, means, feeSeenMinor = 0n }: PaymentRequest) => ({
  ...{ accountId, amountMinor, bills, means },
  ...(feeSeenMinor === 0n ? {} : { feeSeenMinor }),
  ...(actor.kind === "guest" ? { payLinkId: actor.linkId } : {}),
});

async function paymentOfAction(tx: Tx, actionId: string): Promise<string> {
  const [row] = await tx.select({ id: payments.id }).from(payments).where(eq(payments.actionId, actionId));
  return present(row, "a payment's action has its payment").id;
}

type Asked = { input: PaymentRequest; account: Account; today: LocalDate; tokenKind: ChargeMethod };

async function checkRequest(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { input, account, today, tokenKind }: Asked,
): Promise<PaymentRefusal | null> {
  const { accountId, amountMinor, bills: chosen, creditAllowed, means, feeSeenMinor = 0n } = input;
  const [{ unapplied }, open, { body: policy }] = await Promise.all([
    getAccountMoney(tx, accountId, today),
    listOpenBills(tx, { accountId, today }),
    getPolicy(tx, "payment"),
  ]);
  const bills = payableAfterCredit(open, unapplied.amountMinor).map((bill) => offeredTo(ctx.actor, bill));
  // The minimum is for whoever chooses an amount; a draft takes what its mandate says.
  const minimumMinor = input.draft ? 0n : policy.minimumMinor;
  const method = means.kind === "saved" ? await findMethod(tx, means.methodId, accountId) : null;
  if (means.kind === "saved" && method === null) return refuse("method_gone");
  const kind = method === null ? tokenKind : chargeKindOf(method);
  const refusal = checkChoice({ bills, chosen, amountMinor, minimumMinor, creditAllowed });
  if (refusal) return refusal;
  const feeMinor = await feeOf({ ctx, tx }, { amount: money(amountMinor, account.currency), kind });
  if (feeMinor !== feeSeenMinor) return refuse("fee_asked", { feeMinor });
  const charge = chargeable(money(amountMinor + feeMinor, account.currency), kind);
  return charge.ok ? null : charge;
}

async function findMethod(tx: Tx, methodId: string, accountId: string) {
  const [row] = await tx
    .select()
    .from(paymentMethods)
    .where(
      and(eq(paymentMethods.id, methodId), eq(paymentMethods.accountId, accountId), isNull(paymentMethods.removedAt)),
    );
  return row ?? null;
}

async function record(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { input, account, today, tokenKind, asked }: Asked & { asked: unknown },
): Promise<string> {
  const { accountId, means } = input;
  const { currency } = account;
  const amount = money(input.amountMinor, currency);
  const started = await startAction(tx, {
    ...{ kind: "payment", state: "in_progress", accountId, amount, occurredOn: today },
    ...{ makerLoginId: loginIdOf(ctx.actor), idempotencyKey: input.idempotencyKey, input: asked },
  });
  if (!started.ok || !started.fresh) throw bug("a payment's key was free a moment ago, under the account's lock");
  const actionId = started.action.id;
  const step = { actionId, occurredOn: today, occurredAt: ctx.now };
  await applyOpenCredits(tx, { accountId, step });
  const method = means.kind === "saved" ? await findMethod(tx, means.methodId, accountId) : null;
  const paymentId = uuidv7();
  await tx.insert(payments).values({
    ...{ id: paymentId, accountId, actionId, currency, amountMinor: input.amountMinor, state: "requested" },
    kind: method?.kind ?? tokenKind,
    feeMinor: input.feeSeenMinor ?? 0n,
    ...(method ? { methodLabel: labelOf({ ...method, kind: chargeKindOf(method) }) } : {}),
    paymentMethodId: method?.id ?? null,
    ...(means.kind === "token" ? { confirmationToken: means.confirmationToken, saveMethod: means.save } : {}),
    ...{ shortReason: input.shortReason ?? null, shortNote: input.shortNote ?? null, requestedAt: ctx.now },
    ...{ madeBy: input.draft?.madeBy ?? loginIdOf(ctx.actor), draftId: input.draft?.id ?? null },
    payLinkId: payLinkOf(ctx.actor),
  });
  await insertChosenBills(tx, paymentId, input.bills);
  if (input.bills.length > 0) {
    const bills = input.bills.map(({ invoiceId, amountMinor }) => ({ invoiceId, wantedMinor: amountMinor }));
    await placeClaim(tx, { accountId, kind: "in_flight", sourceId: paymentId, bills, ...step });
  }
  await appendEvent(tx, "payment.changed", { accountId, paymentId, state: "requested", actionId });
  return paymentId;
}
