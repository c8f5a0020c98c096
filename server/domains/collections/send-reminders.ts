import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { type Account, listMailAddresses, mailAccount } from "#server/domains/accounts/index.ts";
import { doDuty } from "#server/domains/jobs/index.ts";
import { isQueued, mailMoney } from "#server/domains/notifications/index.ts";
import { makeLinks } from "#server/domains/pay-links/index.ts";
import { getPromise } from "#server/domains/plans/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { unsignedPayPath } from "#server/platform/pay-link-path.ts";

import { type Asked, askedTogether } from "./fees-ride.ts";
import { listAskedFor, REMINDER } from "./list-asked-for.ts";
import { lookAtDue, type Looked, type Looking, RESTS } from "./look.ts";
import { isPaused, listPauses, pauseEnds } from "./rows.ts";
import { nextReminderLook, reminderDay, soonestAfter } from "./rules.ts";

/**
 * Reminds of bills by the policy's schedule, one mail per account and day with the net amount that is asked for: not of
 * what is held (in dispute, on a plan, on its way, under review, on a chosen date), not of what open credit covers,
 * and not of what autopay has announced to take, or to try again: its own notices speak of that. Each bill has its pay
 * link, so that nobody has to sign in; a late fee rides with its bill. Waits for a promised day; leaves imported and paused accounts alone. Each stage of
 * a bill once. Says how many mails.
 */
export const sendReminders = (ctx: Ctx): Promise<number> =>
  lookAtDue(ctx, {
    ...{ duty: "reminders", kind: "reminders", look: remindAccount },
    isOn: ({ enabled, days }) => enabled && days.length > 0,
  });

async function remindAccount(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { account, today, policy: { days } }: Looking<"reminders">,
): Promise<Looked> {
  // A promise that is over, an address, or somebody who comes to the account has it looked at again.
  if ((await getPromise(tx, account.id)) !== null || (await listMailAddresses(tx, account)).length === 0) return RESTS;
  const bills = await listAskedFor(tx, { account, today });
  if (bills.length === 0) return RESTS;
  // One a day: what became due since then is in tomorrow's.
  const dedupeKey = `reminder:${account.id}:${today}`;
  if (await isQueued(tx, dedupeKey)) return { done: 0, nextOn: addDays(today, 1), byPolicy: true };
  const pauses = await listPauses(tx, { accountId: account.id, today });
  const nextDays = pauseEnds(pauses);
  const due: Asked[] = [];
  const isAsked = ({ bill, leftMinor }: Asked) => leftMinor > 0n && !isPaused(pauses, bill.id);
  for (const { leading, riding, staged, remindedOn } of askedTogether(bills)) {
    nextDays.push(nextReminderLook(days, staged, today) ?? today);
    const day = reminderDay(days, staged, today);
    const asked = leading.filter(isAsked);
    if (day === null || (remindedOn !== null && day <= remindedOn)) continue;
    let isNew = false;
    for (const { bill } of asked) {
      isNew = (await doDuty(tx, { duty: REMINDER, subjectId: bill.id, day })) || isNew;
    }
    if (isNew) due.push(...asked, ...riding.filter(isAsked));
  }
  if (due.length > 0) await remind({ ctx, tx }, { account, today, due, dedupeKey });
  return { done: due.length > 0 ? 1 : 0, nextOn: soonestAfter(nextDays, today), byPolicy: true };
}

type Reminding = { account: Account; today: LocalDate; due: readonly Asked[]; dedupeKey: string };

/** One mail about all of them. */
async function remind({ ctx, tx }: { ctx: Ctx; tx: Tx }, { account, today, due, dedupeKey }: Reminding): Promise<void> {
  const links = await makeLinks({ ctx, tx }, { bills: due.map(({ bill }) => bill), today });
  const paths = links.map(({ id }) => unsignedPayPath(id));
  const of = (minor: bigint) => mailMoney(money(minor, account.currency));
  const sumOf = (some: readonly Asked[]) => some.reduce((sum, { leftMinor }) => sum + leftMinor, 0n);
  const late = due.filter(({ bill }) => bill.dueOn < today);
  await mailAccount(tx, {
    ...{ kind: "reminder", account, dedupeKey },
    at: ctx.now,
    data: {
      ...{
        accountNumber: account.number,
        path: (due.length === 1 && paths[0]) || "/pay",
        late: late.length > 0,
      },
      total: of(sumOf(due)),
      ...(late.length > 0 && late.length < due.length ? { pastDue: of(sumOf(late)) } : {}),
      bills: due.map(({ bill: { number, dueOn }, leftMinor, feeFor }, at) => ({
        ...{ number, dueOn, left: of(leftMinor), path: paths[at] ?? "/pay" },
        ...(feeFor ? { feeFor: feeFor.number } : {}),
      })),
    },
  });
}
