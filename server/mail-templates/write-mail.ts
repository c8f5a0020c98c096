import { type MailData, type MailKind, type StoredMail } from "#server/domains/notifications/index.ts";

import { autopayChanged, cardExpiring, draftFailed, draftNotice } from "./autopay-mails.ts";
import { payLinks, reminder, statementReady } from "./bill-mails.ts";
import { disputeChanged, disputeDecided, disputeFiled, newReply } from "./conversation-mails.ts";
import { type MailContent, type Voice, type Writer } from "./mail-content.ts";
import { billIssued } from "./new-bill-mail.ts";
import { paymentFailed, paymentProcessing, paymentReturned, receipt } from "./payment-mails.ts";
import { creditGiven, refundFailed, refundSent } from "./refund-mails.ts";
import { planAccepted, planEnded, planMissed, planMoved, planOffered } from "./plan-mails.ts";
import {
  claimCode,
  claimRefused,
  confirmEmail,
  emailChanged,
  invite,
  passwordChanged,
  resetPassword,
  securityChanged,
  signInCode,
  staffInvite,
} from "./sign-in-mails.ts";

/** One writer per kind: a kind without words does not compile. */
const WRITERS: { [K in MailKind]: Writer<K> } = {
  sign_in_code: signInCode,
  reset_password: resetPassword,
  claim_code: claimCode,
  claim_refused: claimRefused,
  invite,
  staff_invite: staffInvite,
  password_changed: passwordChanged,
  security_changed: securityChanged,
  confirm_email: confirmEmail,
  email_changed: emailChanged,
  bill_issued: billIssued,
  pay_links: payLinks,
  receipt,
  payment_processing: paymentProcessing,
  payment_failed: paymentFailed,
  payment_returned: paymentReturned,
  refund_sent: refundSent,
  refund_failed: refundFailed,
  credit_given: creditGiven,
  draft_notice: draftNotice,
  draft_failed: draftFailed,
  autopay_changed: autopayChanged,
  card_expiring: cardExpiring,
  plan_offered: planOffered,
  plan_accepted: planAccepted,
  plan_missed: planMissed,
  plan_moved: planMoved,
  plan_ended: planEnded,
  reminder,
  statement_ready: statementReady,
  dispute_filed: disputeFiled,
  dispute_changed: disputeChanged,
  dispute_decided: disputeDecided,
  new_reply: newReply,
};

/** The words of a mail, from its facts. */
export const writeMail = <K extends MailKind>(
  mail: StoredMail & { kind: K; data: MailData[K] },
  voice: Voice,
): MailContent => WRITERS[mail.kind](mail.data, voice);
