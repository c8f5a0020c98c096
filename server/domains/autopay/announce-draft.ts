import { type LocalDate } from "#app/contracts/local-date.ts";
import { type Tx } from "#db/client.ts";
import { type DraftSource } from "#db/schema/index.ts";
import { lockAccount } from "#server/domains/accounts/index.ts";

import { expiryBefore, mailNotice } from "./mails.ts";
import { type DraftRow, insertDraft } from "./rows.ts";
import { type AnnouncedBill } from "./rules.ts";

export type DraftNotice = {
  accountId: string;
  source: DraftSource;
  /** The enrolment or plan; also the source of the plan's claim on the bills. */
  sourceId: string;
  draftOn: LocalDate;
  methodId: string | null;
  /** Never more than this is taken of each bill, in minor units. */
  bills: readonly AnnouncedBill[];
  madeBy: string | null;
  /** When it is told. */
  at?: Date;
  /** Its source tells of it, with its day, amount and method: no notice of its own, unless its card ends before. */
  told?: boolean;
};

/**
 * Announces a draft inside the caller's transaction: it stands from now on, and whoever gave the mandate is told by mail
 * what will be taken and when, unless its source tells them. Throws when the plan has one for that day already.
 */
export async function announceDraft(tx: Tx, notice: DraftNotice): Promise<DraftRow> {
  const account = await lockAccount(tx, notice.accountId);
  const { methodId, at, told = false, ...rest } = notice;
  const draft = await insertDraft(tx, { ...rest, paymentMethodId: methodId, currency: account.currency });
  if (!told || (await expiryBefore(tx, draft)) !== null)
    await mailNotice(tx, { account, draft, ...(at ? { at } : {}) });
  return draft;
}
