import { addDays, parseLocalDate } from "#app/contracts/local-date.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { getPolicy, todayIn } from "#server/domains/business/index.ts";
import { listComingFees } from "#server/domains/collections/index.ts";
import { getPromise, promiseToPay } from "#server/domains/plans/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { planProblem } from "./plan-form.server.ts";

/** The promise that stands, the days that may be promised, and the late fees that come until then. */
export async function readPromise(ctx: Ctx, account: Account) {
  const today = todayIn(account.zone, ctx.now);
  const [promise, { body }] = await Promise.all([getPromise(ctx.db, account.id), getPolicy(ctx.db, "plans")]);
  const last = addDays(today, body.promiseWithinDays);
  const coming = await listComingFees(ctx.db, { account, today, last });
  return { promisedOn: promise?.promisedOn ?? null, first: today, last, coming };
}

export type PromisedDay = { account: Account; day: string; key: string; by: { locale: string; loginId: string } };

/** Records a promised day; null when it stands, else the sentence. */
export async function promiseDay(
  ctx: Ctx,
  { account, day, key, by: { locale, loginId } }: PromisedDay,
): Promise<string | null> {
  const promisedOn = parseLocalDate(day);
  if (promisedOn === null) return "Choose a day.";
  const done = await promiseToPay({
    ctx,
    input: { accountId: account.id, promisedOn, note: null, idempotencyKey: `promise:${loginId}:${key.slice(0, 40)}` },
  });
  return done.ok ? null : (Object.values(planProblem(done, { currency: account.currency, locale }))[0] ?? null);
}
