import { type MailData, type MailKind, type StoredMail } from "#server/domains/notifications/index.ts";

const usd = (cents: number) => ({ amountMinor: String(cents), currency: "USD" });
const paid = {
  paymentPath: "/payments/pay_1",
  amount: usd(14220),
  method: "Visa ending 4242",
  accountNumber: "4410-223",
};

/** One believable mail of every kind: for tests, and for the eye. */
export const SAMPLE_DATA: MailData = {
  sign_in_code: { code: "48201973", minutes: 10 },
  reset_password: { path: "/reset/abc", minutes: 30 },
  claim_code: { accountNumber: "4410-223", code: "48201973", minutes: 10 },
  claim_refused: { accountNumber: "4410-223" },
  invite: { accountNumber: "4410-223", accountName: "Ana Ruiz", path: "/invite/abc", days: 14 },
  staff_invite: { name: "Sam Okafor", role: "supervisor", path: "/invite/abc", days: 3 },
  password_changed: { name: "Ana Ruiz" },
  confirm_email: { name: "Ana Ruiz", path: "/email/abc", minutes: 60 },
  email_changed: { name: "Ana Ruiz", email: "ana@new.example.com", path: "/email/abc", hours: 72 },
  security_changed: { name: "Ana Ruiz", what: "factor_on" },
  bill_issued: {
    ...{ number: "INV-10423", kind: "bill", accountNumber: "4410-223", path: "/p/abc" },
    ...{ issuedOn: "2026-11-03", dueOn: "2026-11-27", amount: usd(11210), total: usd(12410) },
  },
  pay_links: {
    accountNumber: "4410-223",
    bills: [
      { number: "INV-10377", dueOn: "2026-11-14", amount: usd(4210), path: "/p/abc" },
      { number: "INV-10423", dueOn: "2026-11-27", amount: usd(11210), path: "/p/def" },
    ],
  },
  receipt: {
    ...paid,
    paidOn: "2026-11-23",
    bills: [
      { number: "INV-10377", paid: usd(4210), left: usd(0) },
      { number: "INV-10423", paid: usd(9010), left: usd(2200) },
    ],
    unapplied: usd(1000),
    fee: usd(295),
    paysOffPlan: "0193f3a0-0000-7000-8000-000000000001",
  },
  payment_processing: { ...paid, method: "Checking ending 6789", expectedOn: "2026-11-27" },
  payment_failed: {
    ...paid,
    why: "Your bank says there is not enough money on the account. Use another card, or try again later.",
  },
  payment_returned: { ...paid, method: "Checking ending 6789" },
  credit_given: {
    ...{ number: "CR-1042", accountNumber: "4410-223", amount: usd(2500), bill: "INV-10377", path: "/account" },
    note: "Sorry for the interruption last week.",
  },
  draft_notice: {
    ...{ amount: usd(13220), draftOn: "2026-12-04", method: "Visa ··4242", accountNumber: "40-1042" },
    ...{ source: "autopay", path: "/autopay" },
    bills: [
      { number: "INV-10377", amount: usd(4210) },
      { number: "INV-10423", amount: usd(9010) },
    ],
  },
  draft_failed: {
    ...{ amount: usd(13220), method: "Visa ··4242", accountNumber: "40-1042", retryOn: "2026-12-05", path: "/autopay" },
    ...{ lastOn: "2026-12-13", tries: 1 },
    why: "Your bank says there is not enough money on the account. Use another card, or try again later.",
  },
  autopay_changed: {
    ...{ on: true, accountNumber: "40-1042", path: "/autopay" },
    mandate: "I authorize Larkhaven Water to take what my bills ask for on their due dates from Visa ··4242.",
  },
  card_expiring: {
    method: "Visa ··4242",
    expiresOn: "2026-12-31",
    accountNumber: "40-1042",
    path: "/settings/methods",
  },
  refund_sent: {
    ...{ ...paid, amount: usd(3000), cause: "billed_wrong", note: "The meter was read twice." },
    bills: [
      { number: "INV-10377", amount: usd(1000) },
      { number: "INV-10423", amount: usd(2000) },
    ],
  },
  refund_failed: { ...paid, amount: usd(3000), cause: "overpaid", note: null, bills: [] },
  plan_offered: {
    ...{ accountNumber: "40-1042", path: "/plans/pln_0", total: usd(30000), instalments: 3, expiresOn: "2026-12-07" },
    schedule: [
      { dueOn: "2026-12-31", amount: usd(10000) },
      { dueOn: "2027-01-31", amount: usd(10000) },
      { dueOn: "2027-02-28", amount: usd(10000) },
    ],
  },
  plan_accepted: {
    ...{ accountNumber: "40-1042", path: "/plans/pln_0", total: usd(30000) },
    mandate: "I authorize Larkhaven Water to take the instalments above from Visa ··4242 on their dates.",
    method: "Visa ··4242",
    bills: [
      { number: "INV-10377", amount: usd(4210) },
      { number: "INV-10423", amount: usd(25790) },
    ],
    schedule: [
      { dueOn: "2026-12-31", amount: usd(15000) },
      { dueOn: "2027-01-31", amount: usd(15000) },
    ],
  },
  plan_missed: {
    ...{ accountNumber: "40-1042", path: "/plans/pln_0", amount: usd(10000) },
    ...{ dueOn: "2026-12-31", payBy: "2027-01-10", retryOn: "2027-01-01", lastOn: "2027-01-09", method: "Visa ··4242" },
    otherwise: "moves",
    why: "There is not enough money on that card or account. Try another one, or a smaller amount.",
  },
  plan_moved: {
    ...{
      accountNumber: "40-1042",
      path: "/plans/pln_0",
      amount: usd(10000),
      dueOn: "2026-12-31",
      method: "Visa ··4242",
    },
    ...{ mayMove: 0, payBy: "2027-02-10" },
    left: [
      { on: "2027-01-31", amount: usd(10000) },
      { on: "2027-02-28", amount: usd(20000) },
    ],
  },
  plan_ended: {
    ...{ accountNumber: "40-1042", path: "/plans/pln_0", total: usd(30000) },
    ...{ how: "broken" as const, reason: null, left: usd(20000), payBy: "2027-01-21" },
  },
  reminder: {
    ...{ accountNumber: "40-1042", total: usd(13220), late: true, pastDue: usd(4210), path: "/pay" },
    bills: [
      { number: "INV-10377", dueOn: "2026-11-01", left: usd(4210), path: "/p/bGluay0x.c2ln" },
      { number: "INV-10423", dueOn: "2026-11-15", left: usd(9010), path: "/p/bGluay0y.c2ln" },
    ],
  },
  statement_ready: {
    ...{ accountNumber: "40-1042", fromOn: "2026-10-01", toOn: "2026-10-31", path: "/statements" },
    closing: usd(13220),
  },
  dispute_filed: {
    number: "DSP-1042",
    path: "/disputes/DSP-1042",
    amount: usd(3000),
    bill: "INV-10377",
    nextOn: "2026-11-27",
  },
  dispute_changed: {
    number: "DSP-1042",
    path: "/disputes/DSP-1042",
    bill: "INV-10377",
    stateText: "We are investigating",
    nextOn: "2026-11-30",
  },
  dispute_decided: {
    number: "DSP-1042",
    path: "/disputes/DSP-1042",
    bill: "INV-10377",
    outcome: "partially",
    given: usd(1500),
    reason: "One of the two readings was taken twice; the other one is right.",
    appealUntil: "2026-12-23",
    payBy: "2026-12-03",
  },
  new_reply: {
    ...{ path: "/messages", from: "Sam", more: 2 },
    said: [
      "Good morning Ana, I looked at both readings. The second one was taken twice, so $21.40 too much was billed.",
      "I have put it right:\n\n- the credit stands on INV-10377\n- nothing else is due before December",
    ],
  },
};

/** The kinds above, each as it is stored. */
export const SAMPLE_MAILS: readonly StoredMail[] = (Object.keys(SAMPLE_DATA) as MailKind[]).map(asStored);

/** SAMPLE_DATA ties each kind to its data. */
function asStored(kind: MailKind): StoredMail {
  return { kind, data: SAMPLE_DATA[kind] } as StoredMail;
}
