import { addressLines } from "#app/contracts/address-lines.ts";
import { billSums } from "#app/contracts/bill-sums.ts";
import { formatLocalDate, type LocalDate } from "#app/contracts/local-date.ts";
import { BILL_STANDING_WORDS, HELD_WORDS } from "#app/contracts/messages/bills.ts";
import { formatMoney, money } from "#app/contracts/money.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { type Business, getBusiness, todayIn } from "#server/domains/business/index.ts";
import { findLogo } from "#server/domains/files/index.ts";
import { type BillDetail, getBill } from "#server/domains/invoices/index.ts";
import { ensurePayLink } from "#server/domains/pay-links/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import type { BillData, Biller } from "#server/documents/index.ts";

type Asked = { account: Account; number: string; locale: string };

/** A bill of an account as its document needs it. Throws not_found when the account has no bill of that number. */
export async function readBillDocument(ctx: Ctx, { account, number, locale }: Asked): Promise<BillData> {
  const today = todayIn(account.zone, ctx.now);
  const [business, bill] = await Promise.all([
    getBusiness(ctx.db),
    getBill(ctx.db, { accountId: account.id, number, today }),
  ]);
  const link = await ensurePayLink({ ctx, input: { accountId: account.id, invoiceId: bill.id } });
  return {
    ...(await documentFrame(ctx, { business, account, locale, today })),
    number: bill.number,
    title: bill.kind === "late_fee" ? "Late fee" : "Bill",
    issuedOn: bill.issuedOn,
    dueOn: bill.dueOn,
    currency: bill.currency,
    lines: bill.lines,
    sums: billSums(bill).map(({ label, minor, strong }) => ({ label, amount: money(minor, bill.currency), strong })),
    hero: heroOf(bill, { today, locale }),
    memo: bill.memo,
    terms: business.terms,
    payAt: link && `${ctx.publicUrl}${link.path}`,
  };
}

type FrameFacts = { business: Business; account: Account; locale: string; today: LocalDate };

/** What every document of an account has around it. */
export async function documentFrame(ctx: Ctx, facts: FrameFacts) {
  const { business, account, locale, today } = facts;
  const home = business.address?.country;
  const biller: Biller = {
    name: business.name,
    legalName: business.legalName,
    address: addressLines(business.address, { home }),
    phone: business.phone,
    email: business.supportEmail,
    logo: await findLogo(ctx),
  };
  const billed = {
    name: account.name,
    accountNumber: account.number,
    address: addressLines(account.address, { home }),
  };
  return { biller, billed, locale, printedOn: today };
}

function heroOf(bill: BillDetail, { today, locale }: { today: LocalDate; locale: string }): BillData["hero"] {
  const amount = money(bill.payableMinor, bill.currency);
  const asOf = `as of ${formatLocalDate(today, "long", locale)}`;
  if (bill.openMinor === 0n) {
    const word = BILL_STANDING_WORDS[bill.standing === "due" || bill.standing === "overdue" ? "paid" : bill.standing];
    return { label: `${word}, ${asOf}`, amount: money(bill.totalMinor, bill.currency), sentence: null };
  }
  const due = bill.daysLate > 0 ? "It was due" : "Please pay by";
  const sentences = bill.payableMinor > 0n ? [`${due} ${formatLocalDate(bill.dueOn, "long", locale)}.`] : [];
  for (const [kind, minor] of heldOf(bill))
    sentences.push(
      `${formatMoney(money(minor, bill.currency), locale)} is ${HELD_WORDS[kind].word} and not asked for.`,
    );
  return { label: `To pay, ${asOf}`, amount, sentence: sentences.join(" ") };
}

const heldOf = (bill: BillDetail) =>
  (Object.entries(bill.heldMinor) as [keyof typeof HELD_WORDS, bigint][]).filter(([, minor]) => minor > 0n);
