import { eq, sql } from "drizzle-orm";

import { addDays } from "#app/contracts/local-date.ts";
import { paymentMethods } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { doDuty, eachAlone } from "#server/domains/jobs/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { mailCardExpiring } from "./mails.ts";
import { RELIED_ON, soonMonth } from "./relied-cards.ts";
import { cardExpiry, expiryOf } from "./rules.ts";

const DAYS_BEFORE = [30, 7] as const;

type Relied = { methodId: string; accountId: string; loginId: string | null; expMonth: number; expYear: number };

/** Tells the owners of cards that autopay, a plan or a date relies on, 30 and 7 days before they expire, once each. */
export async function tellCardExpiry(ctx: Ctx): Promise<void> {
  const cards = await ctx.db.execute<Relied>(sql`
    select distinct on (m.id) m.id as "methodId", m.account_id as "accountId", u.login_id as "loginId",
      m.exp_month as "expMonth", m.exp_year as "expYear"
    from payment_methods m join (${RELIED_ON}) u on u.payment_method_id = m.id
    where m.kind = 'card' and m.removed_at is null
      and m.exp_year * 12 + m.exp_month <= ${soonMonth(ctx.now)}
    order by m.id`);
  await eachAlone(cards, async (card) => {
    const account = await getAccount(ctx.db, card.accountId);
    const today = todayIn(account.zone, ctx.now);
    const expiresOn = expiryOf(card.expYear, card.expMonth);
    // After a pause the latest notice is enough.
    const days = [...DAYS_BEFORE].reverse().find((before) => addDays(expiresOn, -before) <= today);
    if (days === undefined || today > expiresOn) return;
    await withTransaction(ctx.db, async (tx) => {
      // Renewed since it was looked up: told of when that is over.
      const [now] = await tx.select().from(paymentMethods).where(eq(paymentMethods.id, card.methodId)).for("share");
      if (!now || now.removedAt !== null || cardExpiry(now) !== expiresOn) return;
      const duty = { duty: `autopay.card_expiry_${String(days)}`, subjectId: card.methodId, day: expiresOn } as const;
      if (await doDuty(tx, duty)) await mailCardExpiring(tx, { account, days, expiresOn, ...card });
    });
  });
}
