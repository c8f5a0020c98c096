import { type Currency } from "#app/contracts/currency.ts";
import { type PostalAddress, accounts } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { type Account } from "./rows.ts";

export type AccountDraft = {
  number: string;
  name: string;
  email?: string | null;
  phone?: string | null;
  address?: PostalAddress | null;
  postalCode?: string | null;
  currency: Currency;
  zone: string;
  delivery?: "electronic" | "paper";
  /** Imported: no reminders, fees or drafts until staff release it. */
  quarantinedAt?: Date | null;
};

/**
 * Opens billing accounts in one round trip and answers their rows; numbers that exist already are left as they are and
 * not answered. Throws a fault for whoever may not edit accounts.
 */
export async function createAccounts({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { accounts: readonly AccountDraft[] };
}): Promise<Ok<Account[]>> {
  authorize(ctx.actor, "account.edit");
  if (input.accounts.length === 0) return ok([]);
  return withTransaction(ctx.db, async (tx) => {
    const rows = await tx
      .insert(accounts)
      .values(
        input.accounts.map((draft) => ({
          ...draft,
          email: draft.email ?? null,
          postalCode: draft.postalCode ?? draft.address?.postalCode ?? null,
        })),
      )
      .onConflictDoNothing({ target: accounts.number })
      .returning();
    return ok(rows);
  });
}
