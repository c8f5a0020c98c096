import { sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { addressKey, wideAddressKey } from "#server/platform/address-key.ts";
import { type Refusal, refuse } from "#server/platform/result.ts";

import { emailKey } from "./email-address.ts";

const WINDOW_SECONDS = 900;

export type TooManyAttempts = Refusal<"too_many_attempts"> & { retryAfterSeconds: number };
export type Limited = { ok: true } | TooManyAttempts;

/**
 * Counts one attempt under each key and refuses when one of them is used up for its 15 minutes. One statement per call,
 * in the database, so that several processes count the same. Keys are normalised by the caller (e-mail in lower case,
 * IPv6 as its /64).
 */
export async function limitAttempts(db: DbOrTx, limits: readonly { key: string; most: number }[]): Promise<Limited> {
  const json = JSON.stringify(limits.map(({ key, most }) => ({ key: key.slice(0, 300), most })));
  const rows = await db.execute<{ over: boolean; seconds: number }>(sql`
    with asked as (
      select key, most from jsonb_to_recordset(${json}::jsonb) as a(key text, most integer) order by key
    ), counted as (
      insert into rate_limits as r (key, count, resets_at)
      select key, 1, now() + make_interval(secs => ${WINDOW_SECONDS}) from asked
      on conflict (key) do update set
        count = case when r.resets_at <= now() then 1 else r.count + 1 end,
        resets_at = case when r.resets_at <= now() then excluded.resets_at else r.resets_at end
      returning r.key, r.count, r.resets_at
    )
    select c.count > a.most as over, ceil(extract(epoch from c.resets_at - now()))::integer as seconds
    from counted c join asked a using (key)`);
  const over = rows.filter((row) => row.over);
  if (over.length === 0) return { ok: true };
  return refuse("too_many_attempts", { retryAfterSeconds: Math.max(...over.map((row) => row.seconds)) });
}

export type Limit = { key: string; most: number };

/** One network's tries at anything; of IPv6 also those of the /48 around it, four times as many. */
export function byNetwork(what: string, { ip, most }: { ip: string; most: number }): Limit[] {
  const wide = wideAddressKey(ip);
  const own = { key: `${what}:ip:${addressKey(ip)}`, most };
  return wide === null ? [own] : [own, { key: `${what}:net:${wide}`, most: most * 4 }];
}

/**
 * One network's tries at one address, and everybody's: what strangers try elsewhere uses up the second alone, which is
 * far larger.
 */
export const byEmail = (what: string, { email, ip, most }: { email: string; ip: string; most: number }): Limit[] => [
  { key: `${what}:email:${emailKey(email)}:${addressKey(ip)}`, most },
  { key: `${what}:email:${emailKey(email)}`, most: most * 10 },
];
