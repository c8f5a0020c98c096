import { findVerifyUrl, refreshPayment } from "#server/domains/payments/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { inTime } from "#server/platform/in-time.ts";

/** How long a page waits for the processor; then it shows what is known. */
const PATIENCE_MS = 2_500;

const asking = new Map<string, Promise<boolean>>();

/**
 * Whether the processor had news of an undecided payment. A page that looks again while the last question is not
 * answered waits for that one: a processor that hangs is asked once at a time, and no page hangs with it.
 */
export function hasNews(ctx: Ctx, paymentId: string): Promise<boolean> {
  const asked = asking.get(paymentId) ?? ask(ctx, paymentId);
  asking.set(paymentId, asked);
  return within(asked, false);
}

async function ask(ctx: Ctx, paymentId: string): Promise<boolean> {
  try {
    return (await refreshPayment(ctx, paymentId)).changed;
  } finally {
    asking.delete(paymentId);
  }
}

/** Where the payer tells the small deposits, if the processor says so in time. */
export const verifyUrlOf = (ctx: Ctx, paymentId: string): Promise<string | null> =>
  within(findVerifyUrl(ctx, paymentId), null);

/** Too late to be shown, a fault has nobody left to hear it: the sweep asks again. */
const within = <Answer>(work: Promise<Answer>, otherwise: Answer): Promise<Answer> =>
  inTime(work, { ms: PATIENCE_MS, late: () => otherwise, onFault: () => undefined });
