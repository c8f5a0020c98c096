import { and, eq, inArray, isNull, notInArray, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { money, type Money } from "#app/contracts/money.ts";
import { type DbOrTx, type Tx } from "#db/client.ts";
import { credits, logins, moneyActions } from "#db/schema/index.ts";
import { getPolicy, todayIn } from "#server/domains/business/index.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { checkLimit, type LimitRefusal, type StaffRole } from "./rules.ts";

/** A limit refusal with the names of those who may. */
export type NamedLimitRefusal = LimitRefusal & { people: string[] };

/**
 * Whether whoever asks may give this much now. Their credits of the day are counted under a lock of their own, so that
 * two at once never pass the day's limit together. System actors have no limit.
 */
export async function checkOwnLimit(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { account, amountMinor }: { account: Account; amountMinor: bigint },
): Promise<NamedLimitRefusal | null> {
  const { actor } = ctx;
  if (actor.kind !== "staff") return null;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`credit-limit:${actor.loginId}`}, 0))`);
  const { body: limits } = await getPolicy(tx, "credit_limits");
  const givenTodayMinor = await sumGiven(tx, actor.loginId, todayIn(account.zone, ctx.now));
  const refusal = checkLimit({ role: actor.role, amountMinor, givenTodayMinor, limits });
  return refusal && { ...refusal, people: refusal.who === null ? [] : await listNames(tx, refusal.who) };
}

/** Credits of the day, and refunds that came without one: money is given once, however it goes. */
async function sumGiven(db: DbOrTx, loginId: string, today: LocalDate): Promise<bigint> {
  const { amountMinor, makerLoginId, occurredOn, kind, reason, state } = moneyActions;
  const [[given], [refunded]] = await Promise.all([
    db
      .select({ minor: sql<string>`coalesce(sum(${credits.amountMinor}), 0)` })
      .from(credits)
      .where(and(eq(credits.makerLoginId, loginId), eq(credits.occurredOn, today))),
    db
      .select({ minor: sql<string>`coalesce(sum(${amountMinor}), 0)` })
      .from(moneyActions)
      .where(
        and(
          ...[eq(makerLoginId, loginId), eq(occurredOn, today), eq(kind, "refund")],
          ...[inArray(reason, ["overpaid", "reopen"]), notInArray(state, ["failed", "reversed"])],
        ),
      ),
  ]);
  return BigInt(given?.minor ?? 0) + BigInt(refunded?.minor ?? 0);
}

/** A few of those who hold the role, to ask by name. */
async function listNames(db: DbOrTx, role: StaffRole): Promise<string[]> {
  const rows = await db
    .select({ name: logins.name })
    .from(logins)
    .where(and(inArray(logins.role, [role]), isNull(logins.suspendedAt)))
    .orderBy(logins.name)
    .limit(3);
  return rows.map((row) => row.name);
}

export type CreditLimit = {
  /** By one credit; null is no limit. */
  perAction: Money | null;
  /** What is left of today; null is no limit. */
  leftToday: Money | null;
};

/** What whoever asks may still give on this account, for the form. */
export async function creditLimitOf(ctx: Ctx, account: Account): Promise<CreditLimit> {
  const { actor } = ctx;
  if (actor.kind !== "staff") return { perAction: null, leftToday: null };
  const { body: limits } = await getPolicy(ctx.db, "credit_limits");
  const { perActionMinor, perDayMinor } = limits[actor.role];
  const given = await sumGiven(ctx.db, actor.loginId, todayIn(account.zone, ctx.now));
  const left = perDayMinor === null ? null : perDayMinor > given ? perDayMinor - given : 0n;
  return {
    perAction: perActionMinor === null ? null : money(perActionMinor, account.currency),
    leftToday: left === null ? null : money(left, account.currency),
  };
}
