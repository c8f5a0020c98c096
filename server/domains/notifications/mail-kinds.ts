/** An amount inside a stored mail: jsonb has no exact integers in JavaScript. */
export type MailMoney = { amountMinor: string; currency: string };

/** An amount in the form that mails keep. */
export const mailMoney = (m: { amountMinor: bigint; currency: string }): MailMoney => ({
  amountMinor: m.amountMinor.toString(),
  currency: m.currency,
});

/** What has changed about signing in as somebody. */
export type SecurityChange =
  | "factor_on"
  | "factor_off"
  | "factor_reset"
  | "codes_renewed"
  | "recovery_code_used"
  | "passkey_added"
  | "passkey_removed";

/** What a mail names of a payment. */
type PaymentMail = { paymentPath: string; amount: MailMoney; method: string; accountNumber: string };

type RefundMail = PaymentMail & {
  /** It came as a check, cash or a transfer, or was imported: no processor brings it back, people do. */
  byHand?: boolean;
  cause: "overpaid" | "billed_wrong" | "goodwill" | "reopen";
  note: string | null;
  bills: { number: string; amount: MailMoney }[];
};

/** What autopay does with a bill until it is due; the sums of `takes`, `credit` and `rest` are what it asks for. */
export type BillAutopay = {
  paused: boolean;
  method: string;
  /** The card's last day, where a draft comes after it. */
  expiresOn: string | null;
  /** The mandate's last draft did not go through. */
  lastFailed: boolean;
  /** A fixed amount: the most in a month. */
  most: MailMoney | null;
  /** `total`: with the other bills of that day. */
  takes: { on: string; amount: MailMoney; total: MailMoney }[];
  credit: MailMoney | null;
  /** What is to be paid by hand. */
  rest: MailMoney | null;
};

/** Every mail there is, with the facts it tells. Dates are `YYYY-MM-DD`, paths start with "/". */
export type MailData = {
  sign_in_code: { code: string; minutes: number };
  reset_password: { path: string; minutes: number };
  claim_code: { accountNumber: string; code: string; minutes: number };
  claim_refused: { accountNumber: string };
  invite: { accountNumber: string; accountName: string; path: string; days: number };
  staff_invite: { name: string; role: string; path: string; days: number };
  password_changed: { name: string };
  security_changed: { name: string; what: SecurityChange };
  /** To a new address, before it counts. */
  confirm_email: { name: string; path: string; minutes: number };
  /** To the address before, with the way back. */
  email_changed: { name: string; email: string; path: string; hours: number };
  /** A new bill. `path` is that of its pay link, unsigned. */
  bill_issued: {
    number: string;
    kind: "bill" | "late_fee";
    accountNumber: string;
    path: string;
    issuedOn: string;
    dueOn: string;
    /** What it asks for, and what it came to. */
    amount: MailMoney;
    total: MailMoney;
    /** Of a late fee: which bill it is for, and on how much of it. */
    why?: string;
    /** Where the account has autopay. */
    autopay?: BillAutopay;
  };
  /** Links that somebody asked for; none when nothing is left to pay. */
  pay_links: { accountNumber: string; bills: { number: string; dueOn: string; amount: MailMoney; path: string }[] };
  receipt: {
    paymentPath: string;
    amount: MailMoney;
    paidOn: string;
    /** "Visa ending 4242". */
    method: string;
    accountNumber: string;
    /** The convenience fee in the amount; null when none was asked. */
    fee: MailMoney | null;
    bills: { number: string; paid: MailMoney; left: MailMoney }[];
    unapplied: MailMoney | null;
    /** The payment plan that it has paid off. */
    paysOffPlan?: string | null;
  };
  payment_processing: PaymentMail & { expectedOn: string };
  /** `why` is a sentence from the catalogue, already chosen. */
  payment_failed: PaymentMail & { why: string };
  payment_returned: PaymentMail;
  /** What will be taken by itself, when, of which bills. `path` of a card that ends before: where another one takes over. */
  draft_notice: {
    amount: MailMoney;
    draftOn: string;
    method: string;
    accountNumber: string;
    source: "autopay" | "plan" | "scheduled";
    path: string;
    /** The card's last day, where that is before the draft's. */
    expiresOn?: string | null;
    bills: { number: string; amount: MailMoney }[];
  };
  /**
   * When a draft fails first, also from what was chosen since, and when it is over. `why` is a sentence from the catalogue, already chosen; without `retryOn`
   * it is not tried again, else until `lastOn`.
   */
  draft_failed: {
    amount: MailMoney;
    method: string;
    accountNumber: string;
    why: string;
    retryOn: string | null;
    lastOn?: string | null;
    /** How often it was tried. */
    tries?: number;
    /** The tries before were from another card or bank account. */
    chosenSince?: boolean;
    path: string;
    /** Where another card takes over. */
    changePath?: string;
  };
  autopay_changed: { on: boolean; accountNumber: string; mandate: string; path: string };
  card_expiring: { method: string; expiresOn: string; accountNumber: string; path: string };
  refund_sent: RefundMail;
  refund_failed: RefundMail;
  /** A credit that somebody gave by hand; `bill` is the one it lowers, null for the next ones. */
  credit_given: {
    number: string;
    accountNumber: string;
    amount: MailMoney;
    bill: string | null;
    note: string | null;
    path: string;
  };
  /** A plan that the biller offers: every date and amount, and until when it stands. */
  plan_offered: {
    accountNumber: string;
    path: string;
    total: MailMoney;
    instalments: number;
    expiresOn: string;
    schedule: { dueOn: string; amount: MailMoney }[];
  };
  /** All that accepting it leads to: every date and amount, from where, of which bills. No other mail tells of it. */
  plan_accepted: {
    accountNumber: string;
    path: string;
    total: MailMoney;
    mandate: string;
    method?: string;
    bills?: { number: string; amount: MailMoney }[];
    schedule: { dueOn: string; amount: MailMoney }[];
  };
  /** An instalment that could not be taken: when it fails first, also from what was chosen since, and when it is not tried again. */
  plan_missed: {
    accountNumber: string;
    path: string;
    amount: MailMoney;
    dueOn: string;
    payBy: string;
    why?: string | null;
    method?: string;
    retryOn?: string | null;
    lastOn?: string | null;
    /** The tries before were from another card or bank account. */
    chosenSince?: boolean;
    /** What becomes of it after `payBy`. */
    otherwise?: "moves" | "ends";
  };
  /** A missed instalment that is part of the last one now. `left`: all that is still to come, each on its day. */
  plan_moved: {
    accountNumber: string;
    path: string;
    amount: MailMoney;
    dueOn: string;
    left: { on: string; amount: MailMoney }[];
    /** How many more may move so. */
    mayMove: number;
    /** Until when the next one can be paid by hand if it cannot be taken. */
    payBy: string | null;
    method: string;
  };
  plan_ended: {
    accountNumber: string;
    path: string;
    total: MailMoney;
    how: "completed" | "broken" | "cancelled" | "declined" | "expired";
    reason: string | null;
    /** What its bills ask for again; null where nothing is open, or it never ran. */
    left?: MailMoney | null;
    /** Until when that is charged no late fee; null where none are charged. */
    payBy?: string | null;
    /** The key of a mail that says it too: sent to the same reader, this one is not. */
    saidIn?: string | null;
  };
  /** The net amount that is asked for, and of which bills. */
  reminder: {
    accountNumber: string;
    total: MailMoney;
    late: boolean;
    /** What of the total is past due, where that is not all of it. */
    pastDue?: MailMoney;
    /** `feeFor`, of a late fee: the number of the bill it is for. */
    bills: { number: string; dueOn: string; left: MailMoney; path: string; feeFor?: string }[];
    /** The only bill's link, or the page that pays them all. */
    path: string;
  };
  /** A negative closing is credit. */
  statement_ready: { accountNumber: string; fromOn: string; toOn: string; closing: MailMoney; path: string };
  dispute_filed: { number: string; path: string; amount: MailMoney; bill: string; nextOn: string | null };
  dispute_changed: { number: string; path: string; bill: string; stateText: string; nextOn: string | null };
  dispute_decided: {
    number: string;
    path: string;
    bill: string;
    outcome: "for_customer" | "partially" | "denied";
    given: MailMoney;
    reason: string;
    appealUntil: string | null;
    /** Until when what is asked for again is charged no late fee; null where nothing is, or none are charged. */
    payBy?: string | null;
  };
  /** What was written meanwhile, each shortened; `more` messages stand in the conversation alone. */
  new_reply: { path: string; from: string; said?: string[]; more?: number; upToSeq?: number };
};

export type MailKind = keyof MailData;

/** Kinds that open a door: what they held is wiped once they are sent. */
export const SECRET_KINDS: readonly MailKind[] = [
  "sign_in_code",
  "reset_password",
  "claim_code",
  "invite",
  "staff_invite",
  "confirm_email",
  "email_changed",
];
