import { addDays, formatLocalDate, type LocalDate } from "#app/contracts/local-date.ts";
import { formatMoney, maxBigint, minBigint, money, toDecimal } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { listAnnounced } from "#server/domains/autopay/index.ts";
import { type Bill, getAccountMoney, issueInvoice, listAsked, listOpenBills } from "#server/domains/invoices/index.ts";
import { doDuty } from "#server/domains/jobs/index.ts";
import { assert, present } from "#server/platform/assert.ts";
import { type Ctx, within } from "#server/platform/ctx.ts";

import { askedSinceRelease } from "./grace.ts";
import { lookAtDue, type Looked, type Looking, RESTS } from "./look.ts";
import { isPaused, listPauses, pauseEnds } from "./rows.ts";
import { decideFee, type LateBill, type LateFee, nextFeeLook, soonestAfter } from "./rules.ts";

/** A fee is due as long after its day as this: nobody is late with it at once. */
const FEE_DUE_DAYS = 14;

/**
 * Charges the late fees that are due, each a small bill of its own beside the bill it is about, once per bill and day.
 * Only what is late and was asked for throughout the grace days bears one: what is in dispute, on a plan, under the
 * bank's review or on its way does not, nor what open credit covers or autopay has yet to take; a chosen date does.
 * Imported accounts and paused ones are left alone. Off by policy means nothing happens. Says how many were charged.
 * With one of `lanes` the fees' numbers follow the accounts.
 */
export const chargeLateFees = (ctx: Ctx, { lanes }: { lanes?: number } = {}): Promise<number> =>
  lookAtDue(ctx, { duty: "late_fees", kind: "late_fee", isOn: ({ enabled }) => enabled, look: chargeAccount, lanes });

async function chargeAccount(
  { ctx, tx }: { ctx: Ctx; tx: Tx },
  { account, today, policy }: Looking<"late_fee">,
): Promise<Looked> {
  if (account.status !== "active") return RESTS;
  const bills = await listLate(tx, { account, today });
  if (bills.length === 0) return RESTS;
  const pauses = await listPauses(tx, { accountId: account.id, today });
  const nextDays = pauseEnds(pauses);
  let done = 0;
  for (const { bill, late } of bills) {
    const fee = isPaused(pauses, bill.id) ? null : decideFee(policy, late, today);
    let { asked } = late;
    if (fee && (await doDuty(tx, { duty: "collections.late_fee", subjectId: bill.id, day: fee.day }))) {
      await issueFee({ ctx, tx }, { account, bill, fee, today });
      asked = { ...asked, fees: { onMinor: fee.onMinor + (asked.fees?.onMinor ?? 0n), lastOn: today } };
      done += 1;
    }
    nextDays.push(nextFeeLook(policy, { dueOn: bill.dueOn, asked }, today) ?? today);
  }
  return { done, nextOn: soonestAfter(nextDays, today), byPolicy: true };
}

type Late = { bill: Bill; late: LateBill };

/** The open bills, late fees left out, each with what is late of it: open credit goes to the oldest due first. */
async function listLate(tx: Tx, { account, today }: { account: Account; today: LocalDate }): Promise<Late[]> {
  const of = { accountId: account.id, today };
  const open = await listOpenBills(tx, of);
  if (open.length === 0) return [];
  const [{ unapplied }, announced, asked] = await Promise.all([
    getAccountMoney(tx, account.id, today),
    listAnnounced(tx, account.id),
    listAsked(tx, account.id),
  ]);
  let credit = unapplied.amountMinor;
  return open.flatMap((bill) => {
    const covered = minBigint(credit, bill.payableMinor);
    credit -= covered;
    if (bill.kind !== "bill") return [];
    const untried = announced.get(bill.id)?.untriedMinor ?? 0n;
    const lateMinor = maxBigint(bill.payableMinor - covered - untried, 0n) + bill.heldMinor.scheduled;
    const { dueOn } = bill;
    const history = present(asked.get(bill.id), "an open bill is asked about");
    const since = askedSinceRelease(history, { dueOn, releasedOn: account.releasedOn });
    return [{ bill, late: { dueOn, lateMinor, asked: since } }];
  });
}

type Charging = { account: Account; bill: Bill; fee: LateFee; today: LocalDate };

async function issueFee({ ctx, tx }: { ctx: Ctx; tx: Tx }, { account, bill, fee, today }: Charging): Promise<void> {
  const { locale } = account;
  const of = (minor: bigint) => money(minor, bill.currency);
  const [was, amount] = [formatLocalDate(bill.dueOn, "short", locale), formatMoney(of(fee.onMinor), locale)];
  const issued = await issueInvoice({
    ctx: within(ctx, tx),
    input: {
      ...{ accountId: account.id, kind: "late_fee", parentId: bill.id, feeOnMinor: fee.onMinor },
      ...{ issuedOn: today, dueOn: addDays(today, FEE_DUE_DAYS) },
      lines: [
        {
          description: `Late fee for bill ${bill.number}`,
          explanation: `Bill ${bill.number} was due on ${was}. This fee is on the ${amount} of it that stayed unpaid.`,
          unitPrice: toDecimal(of(fee.feeMinor)),
        },
      ],
      idempotencyKey: `late-fee:${bill.id}:${fee.day}`,
    },
  });
  assert(issued.ok, "a late fee of one line is issued");
}
