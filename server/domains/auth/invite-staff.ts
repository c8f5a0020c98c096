import { withTransaction } from "#db/transaction.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { queueMail } from "#server/domains/notifications/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { storeLink } from "./link-tokens.ts";
import { authorize, type StaffRole } from "./policy.ts";
import { findLoginByEmail } from "./rows.ts";

const INVITE_DAYS = 3;
const DAY_MINUTES = 1_440;

/**
 * Mails an invitation to join the staff in a role; the login begins when it is accepted. An earlier one to the same
 * address stops working. Refuses an address that has a login. Admins only.
 */
export async function inviteStaff({
  ctx,
  input: { email, name, role },
}: {
  ctx: Ctx;
  input: { email: string; name: string; role: StaffRole };
}): Promise<Ok<{ inviteId: string; days: number }> | Refusal<"email_taken">> {
  authorize(ctx.actor, "staff.manage");
  return withTransaction(ctx.db, async (tx) => {
    if (await findLoginByEmail(tx, email)) return refuse("email_taken");
    const { id, token } = await storeLink(tx, {
      purpose: "invite",
      email,
      payload: { to: "staff", role, name: name.trim() },
      replaces: { to: "staff" },
      minutes: INVITE_DAYS * DAY_MINUTES,
    });
    await recordAudit(tx, ctx, {
      action: "staff.invite",
      subjectKind: "invite",
      subjectId: id,
      after: { email, role },
    });
    await queueMail(tx, {
      kind: "staff_invite",
      to: email,
      data: { name: name.trim(), role, path: `/invite/${token}`, days: INVITE_DAYS },
      dedupeKey: `staff_invite:${id}`,
    });
    return ok({ inviteId: id, days: INVITE_DAYS });
  });
}
