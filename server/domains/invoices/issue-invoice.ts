import { inArray, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";

import { type Currency } from "#app/contracts/currency.ts";
import { money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { invoices, moneyActions } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { lockAccounts } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type StartedAction, startActions } from "#server/domains/ledger/index.ts";
import { loginIdOf } from "#server/platform/actor.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { Fault, notFound } from "#server/platform/faults.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { chunks } from "./close-sheet.ts";
import { type DraftRefusal, type NewInvoice, type PricedInvoice, priceInvoice } from "./invoice-draft.ts";
import { type NumberedInvoice, writeInvoices } from "./write-invoices.ts";

export type IssuedInvoice = {
  invoiceId: string;
  number: string;
  actionId: string;
  totalMinor: bigint;
  /** False when the key had been used before: this is the bill it made then. */
  fresh: boolean;
};

export type IssueRefusal =
  DraftRefusal | (Refusal<"number_taken"> & { number: string }) | Refusal<"key_reused_with_other_input">;

/**
 * Issues one bill in its account's currency: number, lines, timeline, journal (receivable / revenue and tax, or late-fee
 * income; none when the total is 0). The same key gives the same bill. Refuses what priceInvoice refuses and a number
 * that the account already has. Throws on an unknown account.
 */
export async function issueInvoice({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: NewInvoice;
}): Promise<Ok<IssuedInvoice> | IssueRefusal> {
  const issued = await issueInvoices({ ctx, input: [input] });
  if (!issued.ok) return issued;
  return ok(present(issued.value[0], "one bill in, one out"));
}

/**
 * As issueInvoice, many bills of many accounts in few round trips: all or none. A refusal names the bill by its place,
 * from 0; one key may stand in a batch once. Throws a conflict when a key of a larger batch was used for other input.
 */
export async function issueInvoices({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: readonly NewInvoice[];
}): Promise<Ok<IssuedInvoice[]> | (IssueRefusal & { at: number })> {
  const accountIds = [...new Set(input.map((draft) => draft.accountId))].sort();
  for (const accountId of accountIds) authorize(ctx.actor, "invoice.issue", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const prepared = prepare(input, await lockCurrencies(tx, accountIds));
    if (!prepared.ok) return prepared;
    const taken = await findTakenNumber(tx, input);
    if (taken !== null) return taken;
    const started = await startAll(tx, ctx, prepared.value);
    const reused = started.findIndex((start) => !start.ok);
    if (reused >= 0 && input.length === 1) return { ...refuse("key_reused_with_other_input"), at: reused };
    if (reused >= 0) throw new Fault("conflict", `key of bill ${reused} was used for other input`);
    const fresh: NumberedInvoice[] = [];
    const numbers = await nextNumbers(tx, countUnnumbered(prepared.value, started));
    prepared.value.forEach((row, at) => {
      const start = started[at];
      if (!start?.ok || !start.fresh) return;
      const number = row.draft.number ?? present(numbers.shift(), "a number per bill");
      fresh.push({ ...row, number, actionId: start.action.id });
    });
    await writeInvoices(tx, ctx, fresh);
    return ok(await answer(tx, started, fresh));
  });
}

type Prepared = { draft: NewInvoice; priced: PricedInvoice; id: string; currency: Currency };

function prepare(
  input: readonly NewInvoice[],
  currencies: ReadonlyMap<string, Currency>,
): Ok<Prepared[]> | (DraftRefusal & { at: number }) {
  const rows: Prepared[] = [];
  for (const [at, draft] of input.entries()) {
    const currency = present(currencies.get(draft.accountId), "a locked account has a currency");
    const priced = priceInvoice(draft, currency);
    if (!priced.ok) return { ...priced, at };
    rows.push({ draft, priced: priced.value, id: uuidv7(), currency });
  }
  return ok(rows);
}

async function lockCurrencies(tx: Tx, accountIds: readonly string[]): Promise<Map<string, Currency>> {
  const rows = await lockAccounts(tx, accountIds);
  if (rows.length !== accountIds.length) throw notFound("account");
  return new Map(rows.map((row) => [row.id, row.currency]));
}

/** A given number that another key has already used on that account, or that stands twice in the batch. */
async function findTakenNumber(tx: Tx, input: readonly NewInvoice[]) {
  const given = new Map<string, { draft: NewInvoice; at: number }>();
  for (const [at, draft] of input.entries()) {
    if (draft.number === undefined) continue;
    const key = JSON.stringify([draft.accountId, draft.number]);
    if (given.has(key)) return { ...refuse("number_taken", { number: draft.number }), at };
    given.set(key, { draft, at });
  }
  for (const part of chunks([...given.values()])) {
    const json = JSON.stringify(
      part.map(({ draft, at }) => ({ at, account: draft.accountId, number: draft.number, key: draft.idempotencyKey })),
    );
    const [row] = await tx.execute<{ at: number; number: string }>(sql`
      select v.at, v.number
      from jsonb_to_recordset(${json}::jsonb) as v(at int, account uuid, number text, key text)
      join ${invoices} i on i.account_id = v.account and i.number = v.number
      join ${moneyActions} a on a.id = i.action_id
      where a.idempotency_key <> v.key
      limit 1`);
    if (row) return { ...refuse("number_taken", { number: row.number }), at: row.at };
  }
  return null;
}

async function startAll(tx: Tx, ctx: Ctx, rows: readonly Prepared[]): Promise<StartedAction[]> {
  const started: StartedAction[] = [];
  for (const part of chunks(rows)) {
    const drafts = part.map(({ draft, priced, currency }) => {
      const { idempotencyKey, silent: _, ...asked } = draft;
      return {
        kind: draft.kind === "late_fee" ? ("late_fee" as const) : ("issue_invoice" as const),
        state: "done" as const,
        accountId: draft.accountId,
        amount: money(priced.totalMinor, currency),
        makerLoginId: loginIdOf(ctx.actor),
        idempotencyKey,
        input: asked,
        occurredOn: draft.issuedOn,
      };
    });
    started.push(...(await startActions(tx, drafts)));
  }
  return started;
}

const countUnnumbered = (rows: readonly Prepared[], started: readonly StartedAction[]): number =>
  rows.filter(({ draft }, at) => {
    const start = started[at];
    return draft.number === undefined && start?.ok === true && start.fresh;
  }).length;

async function nextNumbers(tx: Tx, count: number): Promise<string[]> {
  if (count === 0) return [];
  const rows = await tx.execute<{ number: string }>(
    sql`select 'INV-' || nextval('invoice_numbers') as number from generate_series(1, ${count}::int)`,
  );
  return rows.map((row) => row.number);
}

async function answer(tx: Tx, started: readonly StartedAction[], fresh: readonly NumberedInvoice[]) {
  const known = new Map<string, IssuedInvoice>();
  for (const { id, number, actionId, priced } of fresh) {
    known.set(actionId, { invoiceId: id, number, actionId, totalMinor: priced.totalMinor, fresh: true });
  }
  const actionIds = started.flatMap((start) => (start.ok ? [start.action.id] : []));
  for (const part of chunks(actionIds.filter((id) => !known.has(id)))) {
    const rows = await tx
      .select({
        invoiceId: invoices.id,
        number: invoices.number,
        actionId: invoices.actionId,
        totalMinor: invoices.totalMinor,
      })
      .from(invoices)
      .where(inArray(invoices.actionId, part));
    for (const row of rows) known.set(row.actionId, { ...row, fresh: false });
  }
  return actionIds.map((id) => present(known.get(id), "an issue action has its bill"));
}
