import { eq, sql } from "drizzle-orm";

import { type Currency } from "#app/contracts/currency.ts";
import { type Tx } from "#db/client.ts";
import { accounts, business, type PostalAddress } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { type Business } from "./queries.ts";
import { parseZone } from "./rules.ts";

export type BusinessDraft = {
  name: string;
  legalName: string | null;
  address: PostalAddress | null;
  phone: string | null;
  supportEmail: string | null;
  zone: string;
  currency: Currency;
  locale: string;
  senderName: string | null;
  senderEmail: string | null;
  terms: string | null;
  paymentTermDays: number;
};

export type SaveBusinessRefusal =
  Refusal<"unknown_zone"> | Refusal<"currency_in_use"> | (Refusal<"changed_meanwhile"> & { version: number });

/**
 * Saves who the biller is; the first time, that is set-up. Refuses a zone no calendar knows, another currency once
 * there are accounts (their books are kept in it), and a version somebody else has saved over; `expectedVersion` is 0
 * before set-up. Admins only.
 */
export async function saveBusiness({
  ctx,
  input: { draft, expectedVersion },
}: {
  ctx: Ctx;
  input: { draft: BusinessDraft; expectedVersion: number };
}): Promise<Ok<Business> | SaveBusinessRefusal> {
  authorize(ctx.actor, "business.edit");
  const zone = parseZone(draft.zone);
  if (zone === null) return refuse("unknown_zone");
  return withTransaction(ctx.db, async (tx) => {
    const old = await lockBusiness(tx);
    if ((old?.version ?? 0) !== expectedVersion) return refuse("changed_meanwhile", { version: old?.version ?? 0 });
    if (old && old.currency !== draft.currency && (await anyAccount(tx))) return refuse("currency_in_use");
    const facts = { ...draft, zone, name: draft.name.trim() };
    const [row] = old
      ? await tx
          .update(business)
          .set({ ...facts, version: sql`${business.version} + 1`, updatedAt: sql`now()` })
          .where(eq(business.id, old.id))
          .returning()
      : await tx.insert(business).values(facts).onConflictDoNothing().returning();
    // Two first set-ups at the same moment: the second finds the first one's row.
    if (!row) return refuse("changed_meanwhile", { version: 1 });
    await recordAudit(tx, ctx, {
      action: old ? "business.saved" : "business.set_up",
      subjectKind: "business",
      subjectId: "1",
      before: old && pick(old),
      after: pick(row),
    });
    return ok(row);
  });
}

async function lockBusiness(tx: Tx): Promise<Business | null> {
  const [row] = await tx.select().from(business).limit(1).for("update");
  return row ?? null;
}

async function anyAccount(tx: Tx): Promise<boolean> {
  const rows = await tx.select({ id: accounts.id }).from(accounts).limit(1);
  return rows.length > 0;
}

function pick(row: Business): Omit<Business, "createdAt" | "updatedAt"> {
  const { createdAt: _made, updatedAt: _changed, ...facts } = row;
  return facts;
}
