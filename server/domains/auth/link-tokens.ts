import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

import { and, eq, gt, isNull, sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { oneTimeCodes } from "#db/schema/index.ts";

import { emailKey } from "./email-address.ts";
import { type CodePurpose, type CodeRow, consume, inMinutes, revokeCodes } from "./one-time-codes.ts";

export type LinkDraft = {
  purpose: CodePurpose;
  email: string;
  loginId?: string | null;
  payload?: Record<string, string>;
  /** Earlier links about the same thing stop working; by default those of the whole payload. */
  replaces?: Record<string, string>;
  minutes: number;
};

const SECRET_BYTES = 32;

/** Keeps a one-time link; answers the token for its address and the row's id. Only a hash of its secret is kept. */
export async function storeLink(tx: DbOrTx, draft: LinkDraft): Promise<{ id: string; token: string }> {
  const { purpose, loginId = null, payload = {}, replaces = payload, minutes } = draft;
  const email = emailKey(draft.email);
  const secret = randomBytes(SECRET_BYTES);
  await revokeCodes(tx, { purpose, email, payload: replaces });
  const [row] = await tx
    .insert(oneTimeCodes)
    .values({ purpose, email, loginId, payload, codeHash: hashSecret(secret), expiresAt: inMinutes(minutes) })
    .returning({ id: oneTimeCodes.id });
  if (!row) throw new Error("a link was not kept");
  return { id: row.id, token: Buffer.concat([idBytes(row.id), secret]).toString("base64url") };
}

/** The living link that a token names, or null: unknown, used, replaced and expired look the same. Uses nothing up. */
export async function findLink(db: DbOrTx, { purpose, token }: LinkAsked): Promise<CodeRow | null> {
  if (!/^[\w-]{64}$/.test(token)) return null;
  const bytes = Buffer.from(token, "base64url");
  const [row] = await db
    .select()
    .from(oneTimeCodes)
    .where(
      and(
        eq(oneTimeCodes.id, asUuid(bytes.subarray(0, 16))),
        eq(oneTimeCodes.purpose, purpose),
        isNull(oneTimeCodes.consumedAt),
        gt(oneTimeCodes.expiresAt, sql`now()`),
      ),
    )
    .limit(1);
  const hash = Buffer.from(hashSecret(bytes.subarray(16)));
  return row && timingSafeEqual(hash, Buffer.from(row.codeHash)) ? row : null;
}

/** As `findLink`, and uses it up: once, however many ask at the same moment. */
export async function spendLink(tx: DbOrTx, asked: LinkAsked): Promise<CodeRow | null> {
  const row = await findLink(tx, asked);
  return row ? consume(tx, row.id) : null;
}

/** An invitation about this that still works stops working; answers whose it was, null when it does not exist. */
export async function revokeInviteLink(
  tx: DbOrTx,
  { id, about }: { id: string; about: Record<string, string> },
): Promise<string | null> {
  const [row] = await tx
    .update(oneTimeCodes)
    .set({ consumedAt: sql`now()` })
    .where(
      and(
        eq(oneTimeCodes.id, id),
        eq(oneTimeCodes.purpose, "invite"),
        sql`${oneTimeCodes.payload} @> ${JSON.stringify(about)}::jsonb`,
        isNull(oneTimeCodes.consumedAt),
        gt(oneTimeCodes.expiresAt, sql`now()`),
      ),
    )
    .returning({ email: oneTimeCodes.email });
  return row?.email ?? null;
}

type LinkAsked = { purpose: CodePurpose; token: string };

const hashSecret = (secret: Buffer): string => createHash("sha256").update(secret).digest("hex");
const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");
const asUuid = (bytes: Buffer): string =>
  bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
