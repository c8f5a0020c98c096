import { and, count, eq, isNotNull, isNull, lt } from "drizzle-orm";

import { type DbOrTx, type Tx } from "#db/client.ts";
import { recoveryCodes, totpSecrets } from "#db/schema/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { seal, unseal } from "./seal.ts";
import { findStep } from "./totp.ts";

export type SecondFactor = {
  /** Since when an app gives codes; null for none. */
  since: Date | null;
  /** Recovery codes that still work. */
  codesLeft: number;
};

/** What stands between a first factor and a login. */
export async function getSecondFactor(db: DbOrTx, loginId: string): Promise<SecondFactor> {
  const [[kept], [codes]] = await Promise.all([
    db.select({ since: totpSecrets.confirmedAt }).from(totpSecrets).where(eq(totpSecrets.loginId, loginId)),
    db
      .select({ left: count() })
      .from(recoveryCodes)
      .where(and(eq(recoveryCodes.loginId, loginId), isNull(recoveryCodes.usedAt))),
  ]);
  return { since: kept?.since ?? null, codesLeft: codes?.left ?? 0 };
}

export async function hasSecondFactor(db: DbOrTx, loginId: string): Promise<boolean> {
  return (await getSecondFactor(db, loginId)).since !== null;
}

type Asked = { loginId: string; code: string; nowMs: number };

/**
 * Takes the code of the app that is set up: once, and none from before it, however many ask at the same moment
 * (TRUST S22). It follows real time, as the app does.
 */
export async function spendTotp(ctx: Pick<Ctx, "db" | "keyFor">, { loginId, code, nowMs }: Asked): Promise<boolean> {
  const [kept] = await ctx.db
    .select({ sealed: totpSecrets.sealed, lastStep: totpSecrets.lastStep })
    .from(totpSecrets)
    .where(eq(totpSecrets.loginId, loginId));
  if (!kept?.sealed) return false;
  const secret = unseal(ctx.keyFor, { sealed: kept.sealed, loginId });
  const step = findStep(secret, { code, nowMs, lastStep: kept.lastStep });
  return step === null ? false : takeStep(ctx.db, { loginId, step });
}

async function takeStep(db: DbOrTx, { loginId, step }: { loginId: string; step: number }): Promise<boolean> {
  const taken = await db
    .update(totpSecrets)
    .set({ lastStep: step })
    .where(and(eq(totpSecrets.loginId, loginId), lt(totpSecrets.lastStep, step), isNotNull(totpSecrets.sealed)))
    .returning({ loginId: totpSecrets.loginId });
  return taken.length > 0;
}

/** The secret that waits for its first code; null for none. */
export async function findPendingSecret(ctx: Pick<Ctx, "db" | "keyFor">, loginId: string): Promise<string | null> {
  const [kept] = await ctx.db
    .select({ sealed: totpSecrets.pendingSealed })
    .from(totpSecrets)
    .where(eq(totpSecrets.loginId, loginId));
  return kept?.sealed ? unseal(ctx.keyFor, { sealed: kept.sealed, loginId }) : null;
}

/** Keeps a secret that nothing works with yet. Of two at the same moment the first stays. */
export async function keepPendingSecret(
  ctx: Pick<Ctx, "db" | "keyFor">,
  { loginId, secret }: { loginId: string; secret: string },
): Promise<void> {
  const pendingSealed = seal(ctx.keyFor, { text: secret, loginId });
  await ctx.db
    .insert(totpSecrets)
    .values({ loginId, pendingSealed })
    .onConflictDoUpdate({
      target: totpSecrets.loginId,
      set: { pendingSealed },
      setWhere: isNull(totpSecrets.pendingSealed),
    });
}

/** Puts a proven secret in the place of whatever was there. `step` is the one of the code that proved it. */
export async function keepSecret(
  ctx: Pick<Ctx, "db" | "keyFor">,
  { loginId, secret, step, at }: { loginId: string; secret: string; step: number; at: Date },
): Promise<void> {
  const row = {
    ...{ loginId, sealed: seal(ctx.keyFor, { text: secret, loginId }) },
    ...{ pendingSealed: null, lastStep: step, confirmedAt: at },
  };
  await ctx.db.insert(totpSecrets).values(row).onConflictDoUpdate({ target: totpSecrets.loginId, set: row });
}

/** Codes of six digits, also with a gap or in digits of another keyboard; recovery codes are left as they are. */
export const totpDigits = (typed: string): string | null => {
  const digits = typed.slice(0, 100).normalize("NFKC").replace(/[\s-]/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
};

/** App and recovery codes are gone. */
export async function removeSecondFactor(tx: Tx, loginId: string): Promise<void> {
  await tx.delete(totpSecrets).where(eq(totpSecrets.loginId, loginId));
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.loginId, loginId));
}
