import { and, asc, eq } from "drizzle-orm";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { maxBigint } from "#app/contracts/money.ts";
import { type DbOrTx } from "#db/client.ts";
import { draftBills, drafts, paymentMethods } from "#db/schema/index.ts";
import { getPolicy } from "#server/domains/business/index.ts";
import { getAccountMoney, listOpenBills } from "#server/domains/invoices/index.ts";
import { methodLabel, payableAfterCredit } from "#server/domains/payments/index.ts";
import { present } from "#server/platform/assert.ts";

import { foreseeDrafts, type ForeseenDraft } from "./foresee-rules.ts";
import { cardExpiry, chargeableParts } from "./rules.ts";
import { type Enrolment, findLive } from "./set-up-autopay.ts";

/** What autopay does with a bill until it is due, as things stand. Amounts in minor units. */
export type BillForeseen = {
  paused: boolean;
  /** "Visa ··4242". */
  method: string;
  /** The last day of its card, where one of the drafts comes after it: that one is not taken. */
  expiresOn: LocalDate | null;
  /** Whether the mandate's last draft did not go through. */
  lastFailed: boolean;
  /** The most that it takes in a month; null where it takes all. */
  mostMinor: bigint | null;
  /** What the account's open credit pays of the bill. */
  creditMinor: bigint;
  /** What is taken of the bill on which day, and with its other bills. */
  takes: { draftOn: LocalDate; minor: bigint; totalMinor: bigint }[];
  /** What neither credit nor autopay pays until the bill is due. */
  restMinor: bigint;
};

/** Tells whoever is billed what autopay will do about it: null where the account has none. */
export async function foreseeBill(
  db: DbOrTx,
  { accountId, invoiceId, today }: { accountId: string; invoiceId: string; today: LocalDate },
): Promise<BillForeseen | null> {
  const enrolment = await findLive(db, accountId);
  if (!enrolment) return null;
  const [{ body }, [found], made, open, { unapplied }] = await Promise.all([
    getPolicy(db, "autopay"),
    db.select().from(paymentMethods).where(eq(paymentMethods.id, enrolment.paymentMethodId)),
    listMade(db, enrolment),
    listOpenBills(db, { accountId, today }),
    getAccountMoney(db, accountId, today),
  ]);
  const method = present(found, "autopay is paid from something");
  const bills = payableAfterCredit(open, unapplied.amountMinor);
  const bill = bills.find((one) => one.invoiceId === invoiceId);
  const drafted = enrolment.pausedAt === null ? made.standing : [];
  const kind = method.kind === "bank_debit" ? "bank_debit" : "card";
  const foreseen =
    enrolment.pausedAt !== null || !bill
      ? []
      : foreseeDrafts({
          ...{ wish: enrolment, bills, standing: drafted, givenUp: made.givenUp, monthsTaken: made.months, today },
          ...{ until: bill.dueOn > today ? bill.dueOn : today, noticeDays: body.noticeDays },
          chargeable: (parts) => chargeableParts(parts, { currency: unapplied.currency, kind }),
        });
  const takes = takesOf([...drafted, ...foreseen], invoiceId);
  const takenMinor = takes.reduce((sum, { minor }) => sum + minor, 0n);
  const expiresOn = cardExpiry(method);
  return {
    ...{ paused: enrolment.pausedAt !== null, method: methodLabel(method), lastFailed: made.lastFailed },
    expiresOn: expiresOn !== null && takes.some(({ draftOn }) => draftOn > expiresOn) ? expiresOn : null,
    mostMinor: enrolment.fixedMinor,
    ...{ creditMinor: bill?.creditMinor ?? 0n, takes },
    restMinor: maxBigint((bill?.payableMinor ?? 0n) - takenMinor, 0n),
  };
}

const takesOf = (all: readonly ForeseenDraft[], invoiceId: string): BillForeseen["takes"] =>
  all.flatMap(({ draftOn, bills }) => {
    const minor = bills.find((bill) => bill.invoiceId === invoiceId)?.announcedMinor ?? 0n;
    const totalMinor = bills.reduce((sum, bill) => sum + bill.announcedMinor, 0n);
    return minor > 0n ? [{ draftOn, minor, totalMinor }] : [];
  });

async function listMade(db: DbOrTx, { id }: Enrolment) {
  const rows = await db
    .select({
      ...{ draftId: drafts.id, state: drafts.state, draftOn: drafts.draftOn, tryOn: drafts.tryOn },
      ...{ attempts: drafts.attempts, why: drafts.cancelReason },
      ...{ invoiceId: draftBills.invoiceId, announcedMinor: draftBills.announcedMinor },
    })
    .from(drafts)
    .innerJoin(draftBills, eq(draftBills.draftId, drafts.id))
    .where(and(eq(drafts.source, "autopay"), eq(drafts.sourceId, id)))
    .orderBy(asc(drafts.createdAt), asc(drafts.id), asc(draftBills.position));
  const standing = new Map<string, ForeseenDraft>();
  for (const { draftId, state, draftOn, tryOn, invoiceId, announcedMinor } of rows) {
    if (state !== "announced") continue;
    const draft = standing.get(draftId) ?? { draftOn: tryOn ?? draftOn, bills: [] };
    draft.bills.push({ invoiceId, announcedMinor });
    standing.set(draftId, draft);
  }
  const last = rows.findLast(({ state }) => state !== "canceled");
  return {
    standing: [...standing.values()],
    givenUp: new Set(
      rows
        .filter(({ state, why }) => state === "failed" || (state === "canceled" && why === "by_customer"))
        .map(({ invoiceId }) => invoiceId),
    ),
    months: new Set(rows.filter(({ state }) => state !== "canceled").map(({ draftOn }) => draftOn.slice(0, 7))),
    lastFailed: last?.state === "failed" || (last?.state === "announced" && last.attempts > 0),
  };
}
