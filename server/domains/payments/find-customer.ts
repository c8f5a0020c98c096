import { eq } from "drizzle-orm";

import { processorCustomers } from "#db/schema/index.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

/**
 * The processor's customer of a billing account, made on first use; the key makes a repeated making harmless. Outside
 * any transaction: it may call the processor. Throws unavailable when that cannot be reached.
 */
export async function findCustomer(ctx: Ctx, accountId: string): Promise<string> {
  const known = await readCustomer(ctx, accountId);
  if (known !== null) return known;
  const { name, email } = await getAccount(ctx.db, accountId);
  const processorId = await ctx.processor.createCustomer({ key: `customer:${accountId}`, accountId, name, email });
  await ctx.db.insert(processorCustomers).values({ accountId, processorId }).onConflictDoNothing();
  return (await readCustomer(ctx, accountId)) ?? processorId;
}

async function readCustomer(ctx: Ctx, accountId: string): Promise<string | null> {
  const [row] = await ctx.db
    .select({ processorId: processorCustomers.processorId })
    .from(processorCustomers)
    .where(eq(processorCustomers.accountId, accountId))
    .limit(1);
  return row?.processorId ?? null;
}
