import { and, eq, inArray, isNull, sql } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { oneTimeCodes } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { moveTopicsOff, queueMail } from "#server/domains/notifications/index.ts";
import { addressKey } from "#server/platform/address-key.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { limitAttempts, type TooManyAttempts } from "./limits.ts";
import { findLink, spendLink, storeLink } from "./link-tokens.ts";
import { changeSecurity, findLoginByEmail, lockLogin } from "./rows.ts";

const UNDO_HOURS = 72;

/**
 * The new address is theirs: the link from its mail, used once, makes it the one they sign in with. Every session ends,
 * codes and links to the old address stop working, and the old address is told, with a link that undoes it for three
 * days. Refuses a link that is over, and an address that somebody else has got meanwhile.
 */
export async function confirmEmailChange({
  ctx,
  input: { token, ip },
}: {
  ctx: Ctx;
  input: { token: string; ip: string };
}): Promise<Ok<{ email: string }> | Refusal<"link_over"> | Refusal<"email_taken"> | TooManyAttempts> {
  const limited = await limitAttempts(ctx.db, [{ key: `use-link:ip:${addressKey(ip)}`, most: 50 }]);
  if (!limited.ok) return limited;
  const found = await findLink(ctx.db, { purpose: "change_email", token });
  if (found?.payload["to"] !== "confirm" || found.loginId === null) return refuse("link_over");
  const { loginId } = found;
  return withTransaction(ctx.db, async (tx) => {
    const login = await lockLogin(tx, loginId);
    if (login.suspendedAt !== null) return refuse("link_over");
    if (await findLoginByEmail(tx, found.email)) return refuse("email_taken");
    if (!(await spendLink(tx, { purpose: "change_email", token }))) return refuse("link_over");
    await changeSecurity(tx, { loginId, change: { email: found.email } });
    await revokeOwnCodes(tx, loginId);
    await moveTopicsOff(tx, { from: login.email, to: found.email });
    const { id, token: undo } = await storeLink(tx, {
      ...{
        purpose: "change_email",
        email: login.email,
        loginId,
        payload: { to: "undo", id: found.id },
        minutes: UNDO_HOURS * 60,
      },
    });
    await queueMail(tx, {
      kind: "email_changed",
      to: login.email,
      data: { name: login.name, email: found.email, path: `/email/${undo}`, hours: UNDO_HOURS },
      dedupeKey: `email_changed:${id}`,
    });
    await recordAudit(tx, ctx, {
      ...{ action: "login.change_email", subjectKind: "login", subjectId: loginId },
      ...{ before: { email: login.email }, after: { email: found.email } },
    });
    return ok({ email: found.email });
  });
}

/** Whatever was mailed to open this login's door stops working; the links that undo a change stay. */
export async function revokeOwnCodes(tx: Tx, loginId: string): Promise<void> {
  await tx
    .update(oneTimeCodes)
    .set({ consumedAt: sql`now()` })
    .where(
      and(
        eq(oneTimeCodes.loginId, loginId),
        inArray(oneTimeCodes.purpose, ["sign_in", "reset", "change_email"]),
        sql`not ${oneTimeCodes.payload} @> ${JSON.stringify({ to: "undo" })}::jsonb`,
        isNull(oneTimeCodes.consumedAt),
      ),
    );
}
