import { and, eq, sql } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Tx } from "#db/client.ts";
import { type CollectionDuty, collectionLooks } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount } from "#server/domains/accounts/index.ts";
import { getPolicy, type Policy, todayIn } from "#server/domains/business/index.ts";
import { eachAlone } from "#server/domains/jobs/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

/** So many accounts are looked at side by side: most of a look is waiting for the database's answers. */
const LANES = 4;

/** So many accounts in one tick: the others have their turn in the next ones, and other duties between. */
const MOST = 2_000;

type Kind = "late_fee" | "reminders";

export type Looked = {
  /** How many fees or mails came of it. */
  done: number;
  /** The next day on which something may be due by itself, in the account's zone; null: not before something changes. */
  nextOn: LocalDate | null;
  /** Whether another policy could make something due. */
  byPolicy: boolean;
};

/** Nothing is due here before something about the account changes. */
export const RESTS: Looked = { done: 0, nextOn: null, byPolicy: false };

export type Looking<K extends Kind> = { account: Account; today: LocalDate; policy: Policy<K> };

type Duty<K extends Kind> = {
  duty: CollectionDuty;
  kind: K;
  isOn: (policy: Policy<K>) => boolean;
  look: (at: { ctx: Ctx; tx: Tx }, looking: Looking<K>) => Promise<Looked>;
  /** So many accounts side by side; one after another, what is numbered is numbered in the accounts' order. */
  lanes?: number | undefined;
};

/**
 * Looks at the accounts of which something may be due, each alone, and notes when to look at them next: in the transaction
 * of the look, under the account's lock. Nothing is missed: what changes about an account takes its lock or waits for
 * it, and triggers then set the note back; the policy is read under that lock as well. Says how much came of it.
 */
export async function lookAtDue<K extends Kind>(
  ctx: Ctx,
  { duty, kind, isOn, look, lanes = LANES }: Duty<K>,
): Promise<number> {
  const { body, version } = await getPolicy(ctx.db, kind);
  if (!isOn(body)) return 0;
  let done = 0;
  const lookAt = async ({ accountId }: { accountId: string }) => {
    const came = await withTransaction(ctx.db, async (tx) => {
      const account = await lockAccount(tx, accountId);
      const { body: policy, version: policyVersion } = await getPolicy(tx, kind);
      const today = todayIn(account.zone, ctx.now);
      const rests = account.quarantinedAt !== null || !isOn(policy);
      const looked = rests ? { ...RESTS, byPolicy: true } : await look({ ctx, tx }, { account, today, policy });
      await tx
        .update(collectionLooks)
        .set({ lookOn: looked.nextOn, policyVersion: looked.byPolicy ? policyVersion : null })
        .where(and(eq(collectionLooks.accountId, accountId), eq(collectionLooks.duty, duty)));
      return looked.done;
    });
    done += came;
  };
  await eachAlone(await findDue(ctx, { duty, version }), lookAt, { lanes });
  return done;
}

/** Nowhere is it a later day than on the date line's west side: tomorrow of UTC at most. */
const findDue = ({ db, now }: Ctx, { duty, version }: { duty: CollectionDuty; version: number }) =>
  db.execute<{ accountId: string }>(sql`
    select d.account_id as "accountId" from (
      select account_id, look_on from collection_looks
      where duty = ${duty} and look_on <= (${now.toISOString()}::timestamptz at time zone 'UTC')::date + 1
      union all
      select account_id, null from collection_looks where duty = ${duty} and policy_version < ${version}
    ) d join accounts a on a.id = d.account_id
    where d.look_on is null or d.look_on <= (${now.toISOString()}::timestamptz at time zone a.zone)::date
    group by d.account_id order by min(d.look_on) nulls last, d.account_id limit ${MOST}`);
