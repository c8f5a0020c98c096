import { isDeepStrictEqual } from "node:util";

import { eq } from "drizzle-orm";

import { accounts, type PostalAddress } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { parseZone } from "#server/domains/business/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { type ChangedMeanwhile, lockDetails, touchDetails } from "./details.ts";
import { type Account } from "./rows.ts";

export type AccountChanges = {
  name?: string;
  /** Where codes, bills and notices go; null for an account that staff reach by post. */
  email?: string | null;
  phone?: string | null;
  address?: PostalAddress | null;
  /** Proves who claims the account, also where there is no address. */
  postalCode?: string | null;
  zone?: string;
  delivery?: "electronic" | "paper";
  locale?: string;
};

export type UpdateAccountRefusal = ChangedMeanwhile | Refusal<"unknown_zone"> | Refusal<"email_needed">;

/**
 * Changes what stands on an account's first page, and writes the fields that changed to the audit. Saving what stands
 * already does nothing. Refuses an unknown zone, electronic delivery without an e-mail address, and a form that somebody
 * else has saved over. Staff only.
 */
export async function updateAccount({
  ctx,
  input: { accountId, changes, expectedVersion },
}: {
  ctx: Ctx;
  input: { accountId: string; changes: AccountChanges; expectedVersion: number };
}): Promise<Ok<{ changed: string[] }> | UpdateAccountRefusal> {
  authorize(ctx.actor, "account.edit", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const locked = await lockDetails(tx, { accountId, expectedVersion });
    if (!locked.ok) return locked;
    const { account } = locked;
    const zone = changes.zone === undefined ? account.zone : parseZone(changes.zone);
    if (zone === null) return refuse("unknown_zone");
    const wanted = { ...account, ...changes, zone };
    const turnsElectronic = wanted.delivery === "electronic" && account.delivery === "paper";
    if (wanted.email === null && (turnsElectronic || (wanted.delivery === "electronic" && account.email !== null))) {
      return refuse("email_needed");
    }
    const { before, after, changed } = difference(account, wanted);
    if (changed.length === 0) return ok({ changed });
    await tx.update(accounts).set(after).where(eq(accounts.id, accountId));
    await touchDetails(tx, accountId);
    await recordAudit(tx, ctx, {
      ...{ action: "account.updated", subjectKind: "account", subjectId: accountId },
      ...{ accountId, before, after },
    });
    return ok({ changed });
  });
}

const FIELDS = ["name", "email", "phone", "address", "postalCode", "zone", "delivery", "locale"] as const;

/** The fields that differ, with what stood and what will. An address counts by its parts, whatever their order. */
function difference(account: Account, wanted: Account) {
  const changed = FIELDS.filter((field) => !isDeepStrictEqual(plain(account[field]), plain(wanted[field])));
  const only = (row: Account) => Object.fromEntries(changed.map((field) => [field, row[field]]));
  return { changed: [...changed], before: only(account), after: only(wanted) };
}

/** As it comes back from the database: without the parts that are undefined. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
