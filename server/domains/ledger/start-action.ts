import { eq, inArray } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Money } from "#app/contracts/money.ts";
import { type DbOrTx } from "#db/client.ts";
import { insertNewRows } from "#db/insert-rows.ts";
import { type ActionKind, type ActionState, moneyActions } from "#db/schema/index.ts";
import { present } from "#server/platform/assert.ts";

import { inputHash } from "./input-hash.ts";

export type MoneyAction = typeof moneyActions.$inferSelect;

export type ActionDraft = {
  kind: ActionKind;
  state: ActionState;
  accountId: string | null;
  amount: Money;
  reason?: string | null;
  makerLoginId: string | null;
  conversationId?: string | null;
  facts?: Record<string, unknown>;
  /** One per thing a person or job means to do; keep it for as long as the form or duty lives. */
  idempotencyKey: string;
  /** Everything the command was asked; hashed, so that the same key with another input is noticed. */
  input: unknown;
  occurredOn: LocalDate;
};

export type StartedAction =
  { ok: true; fresh: boolean; action: MoneyAction } | { ok: false; reason: "key_reused_with_other_input" };

/**
 * Mints a money action, or finds the one that already stands under the key (`fresh: false`: the caller answers what it
 * answered then). Of two transactions with one key the second waits for the first. Refuses a key reused for other input.
 */
export async function startAction(tx: DbOrTx, draft: ActionDraft): Promise<StartedAction> {
  const [started] = await startActions(tx, [draft]);
  return present(started, "one draft gives one answer");
}

/** As startAction, for many at once in at most two round trips. Keys within one batch must differ. */
export async function startActions(tx: DbOrTx, drafts: readonly ActionDraft[]): Promise<StartedAction[]> {
  if (drafts.length === 0) return [];
  const rows = drafts.map(toRow);
  const inserted = await insertNewRows(tx, moneyActions, rows, moneyActions.idempotencyKey);
  const fresh = new Map(inserted.map((action) => [action.idempotencyKey, action]));
  const missing = rows.filter((row) => !fresh.has(row.idempotencyKey)).map((row) => row.idempotencyKey);
  const earlier =
    missing.length === 0
      ? []
      : await tx.select().from(moneyActions).where(inArray(moneyActions.idempotencyKey, missing));
  const known = new Map(earlier.map((action) => [action.idempotencyKey, action]));
  return rows.map((row): StartedAction => {
    const action = fresh.get(row.idempotencyKey);
    if (action) return { ok: true, fresh: true, action };
    const first = present(known.get(row.idempotencyKey), "a conflicting key has a row");
    return first.inputHash.equals(row.inputHash)
      ? { ok: true, fresh: false, action: first }
      : { ok: false, reason: "key_reused_with_other_input" };
  });
}

/**
 * The action that already stands under a key, without making one: for a command that may still refuse. Call it under
 * the account's lock, else a twin of the command may be about to make it. Null when the key is new.
 */
export async function findStartedAction(
  tx: DbOrTx,
  { idempotencyKey, input }: Pick<ActionDraft, "idempotencyKey" | "input">,
): Promise<StartedAction | null> {
  const [action] = await tx.select().from(moneyActions).where(eq(moneyActions.idempotencyKey, idempotencyKey));
  if (!action) return null;
  if (!action.inputHash.equals(inputHash(input))) return { ok: false, reason: "key_reused_with_other_input" };
  return { ok: true, fresh: false, action };
}

function toRow(draft: ActionDraft) {
  return {
    id: uuidv7(),
    kind: draft.kind,
    state: draft.state,
    accountId: draft.accountId,
    amountMinor: draft.amount.amountMinor,
    currency: draft.amount.currency,
    reason: draft.reason ?? null,
    makerLoginId: draft.makerLoginId,
    conversationId: draft.conversationId ?? null,
    facts: draft.facts ?? {},
    idempotencyKey: draft.idempotencyKey,
    inputHash: inputHash(draft.input),
    occurredOn: draft.occurredOn,
  };
}
