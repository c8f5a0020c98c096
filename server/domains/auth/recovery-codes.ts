import { createHmac, randomBytes } from "node:crypto";

import { and, eq, isNull, sql } from "drizzle-orm";

import { type DbOrTx, type Tx } from "#db/client.ts";
import { recoveryCodes } from "#db/schema/index.ts";
import { type KeyFor } from "#server/platform/app-key.ts";

import { toBase32 } from "./totp.ts";

const HOW_MANY = 10;
/** 60 bits each, in three groups of four. */
const CODE_BYTES = 8;
const SIGNS = 12;

/** Ten new codes; earlier ones stop working. Shown once: only keyed hashes are kept. */
export async function replaceRecoveryCodes(tx: Tx, { keyFor, loginId }: Owner): Promise<string[]> {
  const codes = Array.from({ length: HOW_MANY }, () => toBase32(randomBytes(CODE_BYTES)).slice(0, SIGNS));
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.loginId, loginId));
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ loginId, codeHash: hashCode(keyFor, { loginId, code }) })));
  return codes.map((code) => code.replace(/(.{4})(?=.)/g, "$1-"));
}

/** Uses a code up, once, however many ask at the same moment. False for one that is unknown or used. */
export async function spendRecoveryCode(
  db: DbOrTx,
  { keyFor, loginId, code }: Owner & { code: string },
): Promise<boolean> {
  const codeHash = hashCode(keyFor, { loginId, code: bare(code) });
  const spent = await db
    .update(recoveryCodes)
    .set({ usedAt: sql`now()` })
    .where(and(eq(recoveryCodes.loginId, loginId), eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.usedAt)))
    .returning({ id: recoveryCodes.id });
  return spent.length > 0;
}

type Owner = { keyFor: KeyFor; loginId: string };

/** As it is typed from paper: in capitals or not, with or without its dashes. 0 and 1 are not in the alphabet: O and I are meant. */
const bare = (typed: string): string =>
  typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/0/g, "O")
    .replace(/1/g, "I")
    .replace(/[^A-Z2-7]/g, "");

const hashCode = (keyFor: KeyFor, { loginId, code }: { loginId: string; code: string }): string =>
  createHmac("sha256", keyFor("recovery code")).update(`${loginId}:${code}`).digest("hex");
