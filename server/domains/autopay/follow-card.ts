import { eq } from "drizzle-orm";

import { paymentMethods } from "#db/schema/index.ts";
import { withdrawMails } from "#server/domains/notifications/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { noticeKey } from "./mails.ts";
import { cardExpiry } from "./rules.ts";
import { takeDueDrafts } from "./take-due-drafts.ts";

/**
 * A saved card is not what it was: its bank renewed or replaced it. A notice of its old expiry that is not sent yet is
 * withdrawn, and what waits for it and is due is taken at once. Repeating it does nothing.
 */
export async function followCard(ctx: Ctx, methodId: string): Promise<void> {
  const [card] = await ctx.db.select().from(paymentMethods).where(eq(paymentMethods.id, methodId));
  if (!card) return;
  const expiresOn = cardExpiry(card);
  await withdrawMails(ctx.db, {
    startsWith: noticeKey(methodId),
    except: expiresOn === null ? null : noticeKey(methodId, expiresOn),
  });
  await takeDueDrafts(ctx, { methodId });
}
