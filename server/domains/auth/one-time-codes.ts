import { createHash, randomInt } from "node:crypto";

import { and, desc, eq, gt, isNull, lt, sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { type codePurpose, oneTimeCodes } from "#db/schema/index.ts";

import { emailKey } from "./email-address.ts";
import { hashPassword, passwordFits } from "./passwords.ts";

export type CodePurpose = (typeof codePurpose.enumValues)[number];
export type CodeRow = typeof oneTimeCodes.$inferSelect;

/** A code is guessed five times at most, and lives this long. */
export const CODE_ATTEMPTS = 5;
export const CODE_MINUTES = 10;
const DIGITS = 8;

/** Eight digits and the slow hash the table keeps of them: a stolen table gives no code within its ten minutes. */
export async function makeCode(): Promise<{ code: string; codeHash: string }> {
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, "0");
  return { code, codeHash: await hashPassword(code) };
}

/** Binds a code to the page that asked for it. */
export const requestPayload = (request: string): Record<string, string> => ({
  request: createHash("sha256").update(request).digest("base64url"),
});

export type CodeDraft = {
  purpose: CodePurpose;
  email: string;
  loginId?: string | null;
  payload?: Record<string, string>;
  codeHash: string;
};

/** Keeps a code; an earlier one for the same address and purpose is worth nothing from now on. Answers its id. */
export async function storeCode(tx: DbOrTx, draft: CodeDraft): Promise<string> {
  const { purpose, loginId = null, payload = {}, codeHash } = draft;
  const email = emailKey(draft.email);
  await revokeCodes(tx, { purpose, email, payload });
  const [row] = await tx
    .insert(oneTimeCodes)
    .values({ purpose, email, loginId, payload, codeHash, expiresAt: inMinutes(CODE_MINUTES) })
    .returning({ id: oneTimeCodes.id });
  if (!row) throw new Error("a code was not kept");
  return row.id;
}

type CodeAbout = { purpose: CodePurpose; email: string; payload?: Record<string, string> };

/** Codes and links of this purpose and address, about the same thing, stop working. */
export async function revokeCodes(tx: DbOrTx, { purpose, email, payload = {} }: CodeAbout): Promise<void> {
  await tx
    .update(oneTimeCodes)
    .set({ consumedAt: sql`now()` })
    .where(
      and(
        eq(oneTimeCodes.purpose, purpose),
        eq(oneTimeCodes.email, emailKey(email)),
        sql`${oneTimeCodes.payload} @> ${JSON.stringify(payload)}::jsonb`,
        isNull(oneTimeCodes.consumedAt),
      ),
    );
}

/**
 * Takes the newest living code of this purpose and address if `code` is it: once, however many ask at the same moment.
 * Each try is counted before it is compared. Null does the same work. Call it outside a transaction: a rollback would
 * give the try back.
 */
export async function spendCode(
  db: DbOrTx,
  { purpose, email, payload = {}, code }: CodeAbout & { code: string },
): Promise<CodeRow | null> {
  const newest = db
    .select({ id: oneTimeCodes.id })
    .from(oneTimeCodes)
    .where(
      and(
        eq(oneTimeCodes.purpose, purpose),
        eq(oneTimeCodes.email, emailKey(email)),
        sql`${oneTimeCodes.payload} @> ${JSON.stringify(payload)}::jsonb`,
        isNull(oneTimeCodes.consumedAt),
        gt(oneTimeCodes.expiresAt, sql`now()`),
      ),
    )
    .orderBy(desc(oneTimeCodes.createdAt))
    .limit(1);
  const [row] = await db
    .update(oneTimeCodes)
    .set({ attempts: sql`${oneTimeCodes.attempts} + 1` })
    .where(and(eq(oneTimeCodes.id, newest), lt(oneTimeCodes.attempts, CODE_ATTEMPTS)))
    .returning();
  const fits = await passwordFits(row?.codeHash ?? null, onlyDigits(code));
  return row && fits ? consume(db, row.id) : null;
}

/** "1234 5678", digits of a full-width keyboard, a stray space: the same code. */
const onlyDigits = (code: string): string => code.slice(0, 100).normalize("NFKC").replace(/\D/g, "");

/** Marks it used; null when somebody was faster, or its time is over. */
export async function consume(db: DbOrTx, id: string): Promise<CodeRow | null> {
  const [row] = await db
    .update(oneTimeCodes)
    .set({ consumedAt: sql`now()` })
    .where(and(eq(oneTimeCodes.id, id), isNull(oneTimeCodes.consumedAt), gt(oneTimeCodes.expiresAt, sql`now()`)))
    .returning();
  return row ?? null;
}

/** Real time: codes and sessions do not follow the business clock. */
export const inMinutes = (minutes: number) => sql`now() + make_interval(mins => ${minutes})`;
