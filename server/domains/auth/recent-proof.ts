import { and, eq, gt, ne, sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { sessions } from "#db/schema/index.ts";
import { type Refusal } from "#server/platform/result.ts";

/** Ask who it is again, then do the same once more. */
export type ProofNeeded = Refusal<"proof_needed">;

/** How long a proof of who holds a session is good for changes that matter. */
export const PROOF_MINUTES = 10;

/** Whether the holder of this session owes no factor and has proved who they are within the last minutes. */
export async function isRecentlyProved(
  db: DbOrTx,
  { loginId, sessionId }: { loginId: string; sessionId: string },
): Promise<boolean> {
  const [row] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        eq(sessions.id, sessionId),
        eq(sessions.userId, loginId),
        ne(sessions.stage, "factor"),
        gt(sessions.provedAt, sql`now() - make_interval(mins => ${PROOF_MINUTES})`),
      ),
    );
  return row !== undefined;
}

/** Notes that the holder of a session has just proved who they are. */
export async function noteProof(
  db: DbOrTx,
  { loginId, sessionId }: { loginId: string; sessionId: string },
): Promise<void> {
  await db
    .update(sessions)
    .set({ provedAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, loginId)));
}
