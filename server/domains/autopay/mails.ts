import { eq } from "drizzle-orm";

import { encodeId } from "#app/contracts/ids.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { PAYMENT_FAILURES } from "#app/contracts/messages/payments.ts";
import { money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { draftBills, invoices, paymentMethods } from "#db/schema/index.ts";
import { type Account, mailAccount } from "#server/domains/accounts/index.ts";
import { mailMoney } from "#server/domains/notifications/index.ts";
import { nameOfMethod } from "#server/domains/payments/index.ts";
import { type FailureCode } from "#server/platform/processor.ts";

import { type DraftRow, isFirstOfMethod } from "./rows.ts";
import { cardEndBefore, isNewsOfFailure } from "./rules.ts";
import { type Enrolment } from "./set-up-autopay.ts";

/** The next try, and the last one if all until then fail. */
export type Retry = { on: LocalDate; lastOn: LocalDate };

type Told = { account: Account; draft: DraftRow; /** When it happened; now if left out. */ at?: Date };

const pathOf = ({ source, sourceId }: DraftRow): string =>
  source === "plan" ? `/plans/${encodeId("plan", sourceId)}` : "/autopay";

/** Where another card or bank account takes over what the draft is paid from. */
const changePathOf = (draft: DraftRow): string => (draft.source === "autopay" ? "/autopay?step=wish" : pathOf(draft));

/**
 * What will be taken, when, of which bills and from where; or that its card will have expired by then. `notice` tells the
 * changes of one draft apart.
 */
export async function mailNotice(
  tx: Tx,
  { account, draft, notice = "made", at }: Told & { notice?: string },
): Promise<void> {
  const bills = await tx
    .select({ number: invoices.number, minor: draftBills.announcedMinor })
    .from(draftBills)
    .innerJoin(invoices, eq(invoices.id, draftBills.invoiceId))
    .where(eq(draftBills.draftId, draft.id))
    .orderBy(draftBills.position);
  const expiresOn = await expiryBefore(tx, draft);
  await mailAccount(tx, {
    ...{ kind: "draft_notice", account, doneBy: draft.madeBy, dedupeKey: `draft-notice:${draft.id}:${notice}` },
    ...(at ? { at } : {}),
    data: {
      ...{ amount: mailMoney(money(draft.announcedMinor, draft.currency)), draftOn: draft.draftOn },
      ...{ accountNumber: account.number, method: await nameOfMethod(tx, draft.paymentMethodId) },
      ...{ source: draft.source, path: expiresOn === null ? pathOf(draft) : changePathOf(draft), expiresOn },
      bills: bills.map(({ number, minor }) => ({ number, amount: mailMoney(money(minor, draft.currency)) })),
    },
  });
}

/** The last day of the draft's card, where that is before its day. */
export async function expiryBefore(tx: Tx, { paymentMethodId, draftOn }: DraftRow): Promise<LocalDate | null> {
  if (paymentMethodId === null) return null;
  const [method] = await tx.select().from(paymentMethods).where(eq(paymentMethods.id, paymentMethodId));
  return method ? cardEndBefore(method, draftOn) : null;
}

/**
 * Why what was tried was not taken, and until when it is tried again: when it fails first, also from what was chosen since,
 * and when that is over. The mail leads to where it can be paid, and to where another card takes over. Of a plan's instalment its plan tells, in one mail
 * with what it means for the plan.
 */
export async function mailFailed(
  tx: Tx,
  { account, draft, triedMinor, retry, at }: Told & { triedMinor: bigint; retry: Retry | null },
): Promise<void> {
  if (draft.source === "plan") return;
  const firstOfMethod = await isFirstOfMethod(tx, draft);
  if (!isNewsOfFailure({ firstOfMethod, tryOn: draft.tryOn })) return;
  const why = PAYMENT_FAILURES[(draft.failureCode ?? "other") as FailureCode];
  await mailAccount(tx, {
    ...{ kind: "draft_failed", account, doneBy: draft.madeBy },
    dedupeKey: `draft-failed:${draft.id}:${String(draft.attempts)}`,
    ...(at ? { at } : {}),
    data: {
      ...{
        amount: mailMoney(money(triedMinor, draft.currency)),
        accountNumber: account.number,
        why,
        ...{ retryOn: retry?.on ?? null, lastOn: retry?.lastOn ?? null, tries: draft.attempts },
        chosenSince: firstOfMethod && draft.attempts > 1 && draft.tryOn !== null,
      },
      ...{ method: await nameOfMethod(tx, draft.paymentMethodId), path: retry === null ? "/pay" : pathOf(draft) },
      ...(draft.source === "autopay" ? { changePath: changePathOf(draft) } : {}),
    },
  });
}

/** That autopay is on now, and on which terms; or that it is off. */
export async function mailAutopayChanged(
  tx: Tx,
  { account, enrolment, on, at }: { account: Account; enrolment: Enrolment; on: boolean; at: Date },
): Promise<void> {
  await mailAccount(tx, {
    ...{ kind: "autopay_changed", account, doneBy: enrolment.acceptedBy },
    dedupeKey: `autopay-${on ? "on" : "off"}:${enrolment.id}`,
    at,
    data: { on, accountNumber: account.number, mandate: enrolment.mandateText, path: "/autopay" },
  });
}

/** How the keys of the notices of a card begin, of one expiry or of any. */
export const noticeKey = (methodId: string, expiresOn: LocalDate | null = null): string =>
  `card-expiring:${methodId}:${expiresOn === null ? "" : `${expiresOn}:`}`;

type Expiring = {
  account: Account;
  loginId: string | null;
  methodId: string;
  expiresOn: LocalDate;
  days: number;
};

/** That a card which drafts rely on will soon not work any more. */
export async function mailCardExpiring(tx: Tx, card: Expiring): Promise<void> {
  const { account, loginId, methodId, expiresOn, days } = card;
  await mailAccount(tx, {
    ...{ kind: "card_expiring", account, doneBy: loginId },
    dedupeKey: `${noticeKey(methodId, expiresOn)}${String(days)}`,
    data: {
      method: await nameOfMethod(tx, methodId),
      expiresOn,
      accountNumber: account.number,
      path: "/settings/methods",
    },
  });
}
