import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { addDays } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { journalKind } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { applyCredit, recordImportedCreditNotes } from "#server/domains/adjustments/index.ts";
import { issueInvoice, voidInvoice } from "#server/domains/invoices/index.ts";
import {
  bouncePayment,
  recordDeposit,
  recordImportedPayments,
  recordManualPayment,
  recordPayout,
  refundPayment,
  startPayment,
} from "#server/domains/payments/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { startStandIn, type StandIn } from "#server/testing/stand-in.ts";

import { type Deed, DEEDS } from "./deeds.ts";
import { type Household, makeWorld, type World } from "./world.ts";

let t: TestDatabase;
let standIn: StandIn;
let world: World;
beforeAll(async () => {
  t = await createTestDatabase();
  standIn = await startStandIn(t, new Date("2028-02-10T15:00:00Z"));
  world = makeWorld(t, standIn);
});
afterAll(async () => {
  await standIn.stop();
  await t.drop();
});

/** What a step posted, by journal: debits positive, in cents. */
type Journals = Record<string, Record<string, number>>;
/** What became of the bill (paid, credited, written off, open) and of the account's open credit, in cents. */
type After = { paid?: number; credited?: number; written?: number; open?: number; held?: number; credit?: number };
type Step = { does: string; by: (at: Stage) => Promise<unknown>; posts: Journals; leaves: After };

/** One household with one bill of 100.00: water 63.00 with 7.00 of tax, and a standing charge of 30.00. */
type Stage = { home: Household; invoiceId: string; paymentId: string };

async function stage(): Promise<Stage> {
  const home = await world.household("USD");
  return { home, invoiceId: await issue(home), paymentId: "" };
}

async function issue(home: Household, more: { kind?: "late_fee"; parentId?: string; unitPrice?: string } = {}) {
  const { kind, parentId, unitPrice } = more;
  const today = world.today();
  const issued = await issueInvoice({
    ctx: world.ctx(),
    input: {
      ...{ accountId: home.accountId, kind, parentId, issuedOn: today, dueOn: addDays(today, 14) },
      idempotencyKey: world.nextKey("row"),
      lines:
        unitPrice === undefined
          ? [
              { description: "Water", unitPrice: "63.00", taxMinor: 700n },
              { description: "Standing charge", unitPrice: "30.00" },
            ]
          : [{ description: "Late fee", unitPrice }],
    },
  });
  if (!issued.ok) throw new Error(issued.reason);
  return issued.value.invoiceId;
}

const said = <T extends { ok: boolean }>(answer: T): Extract<T, { ok: true }> => {
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer as Extract<T, { ok: true }>;
};

/** Pays by card (or what the token says); `onBill` of it is for the bill. */
const pay = (cents: number, { onBill = cents, token = "pm_card_visa" } = {}) =>
  async function (at: Stage): Promise<void> {
    const means = { kind: "token" as const, confirmationToken: await standIn.token(token), save: false };
    const bills = onBill > 0 ? [{ invoiceId: at.invoiceId, amountMinor: BigInt(onBill) }] : [];
    const paid = await startPayment({
      ctx: world.ctx(),
      input: {
        ...{ accountId: at.home.accountId, amountMinor: BigInt(cents), bills, means },
        ...{ seenVersion: null, creditAllowed: true, idempotencyKey: world.nextKey("pay") },
      },
    });
    at.paymentId = said(paid).value.paymentId;
  };

const hand = (kind: "check" | "cash" | "transfer", cents: number) => async (at: Stage) => {
  const { accountId } = at.home;
  const bills = [{ invoiceId: at.invoiceId, amountMinor: BigInt(Math.min(cents, 10_000)) }];
  const input = { accountId, kind, amountMinor: BigInt(cents), bills, receivedOn: world.today(), reference: null };
  const done = await recordManualPayment({ ctx: world.ctx(), input: { ...input, idempotencyKey: world.nextKey("h") } });
  at.paymentId = said(done).value.paymentId;
};

type Cause = "overpaid" | "billed_wrong" | "goodwill" | "reopen";
const refund = (cause: Cause, cents: number) => async (at: Stage) => {
  const perBill = cause === "overpaid" ? null : [{ invoiceId: at.invoiceId, amountMinor: BigInt(cents) }];
  const input = { paymentId: at.paymentId, cause, amountMinor: BigInt(cents), perBill, feeBack: null, note: null };
  const key = { conversationId: null, idempotencyKey: world.nextKey("refund") };
  said(await refundPayment({ ctx: world.ctx(), input: { ...input, ...key } }));
};

const credit = (kind: "credit_note" | "goodwill", cents: number, { onBill = true } = {}) =>
  async function ({ home, invoiceId }: Stage): Promise<void> {
    const reason = kind === "goodwill" ? ("service_issue" as const) : ("billed_wrong" as const);
    const of = { accountId: home.accountId, kind, reason, amount: money(BigInt(cents), home.currency) };
    const more = { invoiceId: onBill ? invoiceId : null, conversationId: null, idempotencyKey: world.nextKey("c") };
    said(await applyCredit({ ctx: world.ctx(), input: { ...of, ...more } }));
  };

const deed =
  (what: Deed["what"], share = 100, pick = 0) =>
  ({ home }: Stage) =>
    DEEDS[what]({ world, home, pick, share, key: world.nextKey(what) });

const importNote =
  (paidOut: boolean) =>
  ({ home }: Stage) =>
    withTransaction(t.db, async (tx) => {
      const issuedOn = world.today();
      const note = { accountId: home.accountId, number: world.nextKey("CN"), amount: money(1_000n, home.currency) };
      const more = { taxMinor: 70n, issuedOn, paidOn: paidOut ? issuedOn : null, key: world.nextKey("note") };
      await recordImportedCreditNotes(tx, [{ ...note, ...more }]);
    });

const payout =
  (...states: ("created" | "arrived" | "failed")[]) =>
  async (at: Stage) => {
    for (const state of states) {
      const [createdAt, amount] = [standIn.now(), money(500n, at.home.currency)];
      const facts = { id: `po_row_${at.home.accountId}`, amount, failureCode: null, state };
      await recordPayout(world.ctx(), { ...facts, createdAt, arrivesAt: createdAt });
    }
  };

const hear = () => world.listen(true);
const collectAgain = () => world.setPolicy("payment", { chargebackLost: "collect_again" });

const PAID: Journals = {
  payment_settled: { clearing: 10_000, receivable: -10_000 },
  processor_fee: { processor_fees: 320, clearing: -320 },
};
const paidByCard: Step = { does: "paid", by: pay(10_000), posts: PAID, leaves: { paid: 10_000, open: 0 } };
const chargedBack: Step[] = [
  { ...paidByCard, by: pay(10_000, { token: "pm_card_createDispute" }) },
  {
    ...{ does: "taken back by the network, with a fee", by: hear },
    posts: {
      chargeback_opened: { receivable: 10_000, clearing: -10_000 },
      chargeback_fee: { processor_fees: 1_500, clearing: -1_500 },
    },
    leaves: { open: 10_000, held: 10_000 },
  },
];
const disputed: Step = { does: "30.00 of it in dispute", by: deed("dispute", 30), posts: {}, leaves: { held: 3_000 } };

const ROWS: Record<string, Step[]> = {
  "bill issued, voided": [
    {
      ...{ does: "voided", leaves: { credited: 10_000, open: 0 } },
      by: async ({ home, invoiceId }) => {
        const of = { accountId: home.accountId, invoiceId, reason: "Sent twice", idempotencyKey: world.nextKey("v") };
        said(await voidInvoice({ ctx: world.ctx(), input: of }));
      },
      posts: { invoice_voided: { receivable: -10_000, revenue: 9_300, tax_payable: 700 } },
    },
  ],
  "late fee, waived alone": [
    {
      ...{ does: "a fee of 5.00 beside the bill", leaves: { open: 500 } },
      by: async (at) => {
        at.invoiceId = await issue(at.home, { kind: "late_fee", parentId: at.invoiceId, unitPrice: "5.00" });
      },
      posts: { late_fee: { receivable: 500, late_fee_income: -500 } },
    },
    {
      ...{ does: "waived", by: credit("goodwill", 500), leaves: { credited: 500, open: 0 } },
      posts: { goodwill_credit: { allowance_service_issue: 500, receivable: -500 } },
    },
  ],
  "credit note: of what is open, then of what was paid (rule 2)": [
    {
      ...{ does: "10.00 of it", by: credit("credit_note", 1_000), leaves: { credited: 1_000, open: 9_000 } },
      posts: { credit_note: { revenue: 930, tax_payable: 70, receivable: -1_000 } },
    },
    {
      ...{ does: "the rest paid", by: pay(9_000), leaves: { paid: 9_000, credited: 1_000, open: 0 } },
      posts: {
        payment_settled: { clearing: 9_000, receivable: -9_000 },
        processor_fee: { processor_fees: 291, clearing: -291 },
      },
    },
    {
      ...{ does: "20.00 more", by: credit("credit_note", 2_000) },
      posts: {
        credit_unapplied: { receivable: 2_000, unapplied: -2_000 },
        credit_note: { revenue: 1_860, tax_payable: 140, receivable: -2_000 },
      },
      leaves: { paid: 7_000, credited: 3_000, open: 0, credit: 2_000 },
    },
  ],
  "goodwill on the bill, beyond it, and on none": [
    {
      ...{ does: "10.00", by: credit("goodwill", 1_000), leaves: { credited: 1_000, open: 9_000 } },
      posts: { goodwill_credit: { allowance_service_issue: 1_000, receivable: -1_000 } },
    },
    {
      ...{
        does: "beyond its total",
        by: credit("goodwill", 9_500),
        leaves: { credited: 10_000, open: 0, credit: 500 },
      },
      posts: { goodwill_credit: { allowance_service_issue: 9_500, receivable: -9_000, unapplied: -500 } },
    },
    {
      ...{ does: "on no bill", by: credit("goodwill", 200, { onBill: false }), leaves: { credit: 700 } },
      posts: { goodwill_credit: { allowance_service_issue: 200, unapplied: -200 } },
    },
  ],
  "payment settled with more than the bill takes; refunded as overpaid; the refund failed": [
    {
      ...{ does: "110.00 paid", by: pay(11_000, { onBill: 10_000 }), leaves: { paid: 10_000, open: 0, credit: 1_000 } },
      posts: {
        payment_settled: { clearing: 11_000, receivable: -10_000, unapplied: -1_000 },
        processor_fee: { processor_fees: 349, clearing: -349 },
      },
    },
    {
      ...{ does: "10.00 back", by: refund("overpaid", 1_000), leaves: { paid: 10_000, open: 0, credit: 0 } },
      posts: { refund: { unapplied: 1_000, clearing: -1_000 } },
    },
    {
      ...{
        does: "it comes back",
        by: async (at) => (await hear(), deed("a refund fails")(at)),
        leaves: { credit: 1_000 },
      },
      posts: { refund_failed: { clearing: 1_000, unapplied: -1_000 } },
    },
  ],
  "refund of what was billed wrong; only its money leg fails": [
    paidByCard,
    {
      ...{ does: "30.00 back", by: refund("billed_wrong", 3_000), leaves: { paid: 7_000, credited: 3_000, open: 0 } },
      posts: {
        credit_unapplied: { receivable: 3_000, unapplied: -3_000 },
        credit_note: { revenue: 2_790, tax_payable: 210, receivable: -3_000 },
        refund: { unapplied: 3_000, clearing: -3_000 },
      },
    },
    {
      ...{ does: "it comes back", by: async (at) => (await hear(), deed("a refund fails")(at)) },
      posts: { refund_failed: { clearing: 3_000, unapplied: -3_000 } },
      leaves: { paid: 7_000, credited: 3_000, open: 0, credit: 3_000 },
    },
  ],
  "refund as goodwill": [
    paidByCard,
    {
      ...{ does: "30.00 back", by: refund("goodwill", 3_000), leaves: { paid: 7_000, credited: 3_000, open: 0 } },
      posts: {
        credit_unapplied: { receivable: 3_000, unapplied: -3_000 },
        goodwill_credit: { allowance_goodwill: 3_000, receivable: -3_000 },
        refund: { unapplied: 3_000, clearing: -3_000 },
      },
    },
  ],
  "refund that opens the bill again; failed, it is paid again": [
    paidByCard,
    {
      ...{ does: "30.00 back", by: refund("reopen", 3_000), leaves: { paid: 7_000, open: 3_000 } },
      posts: { refund_reopened: { receivable: 3_000, clearing: -3_000 } },
    },
    {
      ...{ does: "it comes back", by: async (at) => (await hear(), deed("a refund fails")(at)) },
      posts: { refund_failed: { clearing: 3_000, receivable: -3_000 } },
      leaves: { paid: 10_000, open: 0 },
    },
  ],
  "credit applied, un-applied by what it came from": [
    {
      ...{ does: "40.00 on no bill", by: pay(4_000, { onBill: 0 }), leaves: { open: 10_000, credit: 4_000 } },
      posts: {
        payment_settled: { clearing: 4_000, unapplied: -4_000 },
        processor_fee: { processor_fees: 146, clearing: -146 },
      },
    },
    {
      ...{ does: "used", by: deed("use credit"), leaves: { paid: 4_000, open: 6_000, credit: 0 } },
      posts: { credit_applied: { unapplied: 4_000, receivable: -4_000 } },
    },
    {
      ...{
        does: "un-applied and refunded (rule 3)",
        by: refund("reopen", 1_000),
        leaves: { paid: 3_000, open: 7_000 },
      },
      posts: {
        credit_unapplied: { receivable: 1_000, unapplied: -1_000 },
        refund_reopened: { unapplied: 1_000, clearing: -1_000 },
      },
    },
  ],
  "bank debit settled, returned after it": [
    {
      ...{ does: "on its way", by: pay(10_000, { token: "pm_usBankAccount_dispute" }), posts: {} },
      leaves: { open: 10_000, held: 10_000 },
    },
    {
      ...{ does: "settled, then sent back", by: () => world.live(9), leaves: { open: 10_000, held: 0 } },
      posts: {
        payment_settled: { clearing: 10_000, receivable: -10_000 },
        processor_fee: { processor_fees: 80, clearing: -80 },
        payment_returned: { receivable: 10_000, clearing: -10_000 },
        chargeback_fee: { processor_fees: 1_500, clearing: -1_500 },
      },
    },
  ],
  "chargeback opened, won: the mirror, and the fee stays with the network": [
    ...chargedBack,
    {
      ...{ does: "won", by: deed("the network decides", 100, 0), leaves: { paid: 10_000, open: 0, held: 0 } },
      posts: { chargeback_won: { clearing: 10_000, receivable: -10_000 } },
    },
  ],
  "chargeback won at a processor that gives its fee back": [
    ...chargedBack,
    {
      ...{ does: "won", leaves: { paid: 10_000, open: 0, held: 0 } },
      by: async (at) => {
        world.returnFees(true);
        await deed("the network decides", 100, 0)(at);
        world.returnFees(false);
      },
      posts: {
        chargeback_won: { clearing: 10_000, receivable: -10_000 },
        chargeback_fee_returned: { clearing: 1_500, processor_fees: -1_500 },
      },
    },
  ],
  "chargeback lost, by policy asked for again": [
    ...chargedBack,
    {
      ...{ does: "lost", by: async (at) => (await collectAgain(), deed("the network decides", 100, 1)(at)), posts: {} },
      leaves: { open: 10_000, held: 0 },
    },
  ],
  "chargeback lost, by policy our loss; paid after all": [
    ...chargedBack,
    {
      ...{ does: "lost", leaves: { written: 10_000, open: 0, held: 0 } },
      by: async (at) => {
        await world.setPolicy("payment", { chargebackLost: "write_off" });
        await deed("the network decides", 100, 1)(at);
        await collectAgain();
      },
      posts: { chargeback_lost: { chargeback_losses: 10_000, receivable: -10_000 } },
    },
    {
      ...{ does: "paid after all", by: deed("paid after all"), leaves: { paid: 10_000, written: 0, open: 0 } },
      posts: {
        write_off_recovered: { receivable: 10_000, chargeback_losses: -10_000 },
        imported_payment: { imported: 10_000, receivable: -10_000 },
      },
    },
  ],
  "write-off, credited after all, paid after all": [
    {
      ...{ does: "60.00 given up", by: deed("write off", 60), leaves: { written: 6_000, open: 4_000 } },
      posts: { write_off: { bad_debt: 6_000, receivable: -6_000 } },
    },
    {
      ...{ does: "50.00 credited", by: credit("credit_note", 5_000) },
      posts: {
        write_off_recovered: { receivable: 1_000, bad_debt: -1_000 },
        credit_note: { revenue: 4_650, tax_payable: 350, receivable: -5_000 },
      },
      leaves: { credited: 5_000, written: 5_000, open: 0 },
    },
    {
      ...{ does: "the rest paid", by: deed("paid after all") },
      posts: {
        write_off_recovered: { receivable: 5_000, bad_debt: -5_000 },
        imported_payment: { imported: 5_000, receivable: -5_000 },
      },
      leaves: { paid: 5_000, credited: 5_000, written: 0, open: 0 },
    },
  ],
  "provisional credit, confirmed": [
    disputed,
    {
      ...{ does: "20.00 provisionally", by: deed("credit provisionally", 67) },
      posts: { provisional_credit: { allowance_provisional: 2_010, receivable: -2_010 } },
      leaves: { credited: 2_010, open: 7_990, held: 990 },
    },
    {
      ...{ does: "confirmed", by: deed("settle a provisional credit", 2), leaves: { credited: 2_010, open: 7_990 } },
      posts: { provisional_confirmed: { allowance_billing_error: 2_010, allowance_provisional: -2_010 } },
    },
  ],
  "provisional credit, reversed: owed again": [
    disputed,
    {
      ...{ does: "all of it provisionally", by: deed("credit provisionally") },
      posts: { provisional_credit: { allowance_provisional: 3_000, receivable: -3_000 } },
      leaves: { credited: 3_000, open: 7_000, held: 0 },
    },
    {
      ...{ does: "reversed", by: deed("settle a provisional credit", 1), leaves: { credited: 0, open: 10_000 } },
      posts: { provisional_reversed: { receivable: 3_000, allowance_provisional: -3_000 } },
    },
  ],
  "check recorded, deposited, bounced": [
    {
      ...{ does: "recorded", by: hand("check", 11_000), leaves: { paid: 10_000, open: 0, credit: 1_000 } },
      posts: { recorded_payment: { undeposited: 11_000, receivable: -10_000, unapplied: -1_000 } },
    },
    {
      ...{ does: "deposited", leaves: { paid: 10_000 } },
      by: async ({ paymentId }) => {
        const slip = { paymentIds: [paymentId], depositedOn: world.today(), reference: null };
        said(await recordDeposit({ ctx: world.ctx(), input: { ...slip, idempotencyKey: world.nextKey("slip") } }));
      },
      posts: { deposit: { bank: 11_000, undeposited: -11_000 } },
    },
    {
      ...{ does: "bounced", leaves: { paid: 0, open: 10_000, credit: 0 } },
      by: async ({ paymentId }) => {
        const told = { paymentId, bouncedOn: world.today(), reason: "No funds", idempotencyKey: world.nextKey("b") };
        said(await bouncePayment({ ctx: world.ctx(), input: told }));
      },
      posts: { payment_bounced: { receivable: 10_000, unapplied: 1_000, bank: -11_000 } },
    },
  ],
  "transfer recorded, refunded out of bank": [
    {
      ...{ does: "recorded", by: hand("transfer", 10_000), leaves: { paid: 10_000, open: 0 } },
      posts: { recorded_payment: { bank: 10_000, receivable: -10_000 } },
    },
    {
      ...{ does: "30.00 back", by: refund("reopen", 3_000), leaves: { paid: 7_000, open: 3_000 } },
      posts: { refund_reopened: { receivable: 3_000, bank: -3_000 } },
    },
  ],
  "imported payment, refunded out of bank": [
    {
      ...{ does: "imported", leaves: { paid: 10_000, open: 0 } },
      by: async (at) => {
        const { home, invoiceId } = at;
        const paid = { accountId: home.accountId, invoiceId, amount: money(10_000n, home.currency) };
        const item = { ...paid, paidOn: world.today(), key: world.nextKey("imported") };
        await withTransaction(t.db, (tx) => recordImportedPayments(tx, [item]));
        const [row] = await t.sql<{ id: string }[]>`select id from payments where account_id = ${home.accountId}`;
        at.paymentId = row?.id ?? "";
      },
      posts: { imported_payment: { imported: 10_000, receivable: -10_000 } },
    },
    {
      ...{ does: "30.00 back", by: refund("reopen", 3_000), leaves: { paid: 7_000, open: 3_000 } },
      posts: { refund_reopened: { receivable: 3_000, bank: -3_000 } },
    },
  ],
  "imported credit note, open and paid out": [
    {
      ...{ does: "open", by: importNote(false), leaves: { open: 10_000, credit: 1_000 } },
      posts: { credit_note: { revenue: 930, tax_payable: 70, unapplied: -1_000 } },
    },
    {
      ...{ does: "another, paid out", by: importNote(true), leaves: { open: 10_000, credit: 1_000 } },
      posts: {
        credit_note: { revenue: 930, tax_payable: 70, unapplied: -1_000 },
        imported_credit_note_paid: { unapplied: 1_000, imported: -1_000 },
      },
    },
  ],
  "payout created, arrived, failed after arriving": [
    {
      ...{ does: "created", by: payout("created"), leaves: {} },
      posts: { payout_created: { payouts_in_transit: 500, clearing: -500 } },
    },
    {
      ...{ does: "arrived", by: payout("arrived"), leaves: {} },
      posts: { payout_arrived: { bank: 500, payouts_in_transit: -500 } },
    },
    {
      ...{ does: "failed", by: payout("failed"), leaves: {} },
      posts: { payout_failed_after_arriving: { clearing: 500, bank: -500 } },
    },
  ],
  "payout created, failed": [
    {
      ...{ does: "created and failed", by: payout("created", "failed"), leaves: {} },
      posts: {
        payout_created: { payouts_in_transit: 500, clearing: -500 },
        payout_failed: { clearing: 500, payouts_in_transit: -500 },
      },
    },
  ],
};

/** Journals after a number, by kind; of one kind added up. */
async function postedAfter(number: string): Promise<Journals> {
  const rows = await t.sql<{ kind: string; account: string; minor: string }[]>`
    select j.kind, a.kind as account, sum(e.amount_minor)::text as minor from journals j
    join entries e on e.journal_number = j.number join ledger_accounts a on a.id = e.ledger_account_id
    where j.number > ${number} group by 1, 2`;
  const books: Journals = {};
  for (const { kind, account, minor } of rows) (books[kind] ??= {})[account] = Number(minor);
  return books;
}

async function lastJournal(): Promise<string> {
  const [row] = await t.sql<{ number: string }[]>`select coalesce(max(number), 0)::text as number from journals`;
  return row?.number ?? "0";
}

async function standing({ home, invoiceId }: Stage): Promise<Required<After>> {
  const [row] = await t.sql<Record<keyof After, string>[]>`
    select paid_minor as paid, credited_minor as credited, written_off_minor as written, open_minor as open,
      held_minor as held, (select coalesce(sum(left_minor), 0) from open_credits where account_id = ${home.accountId}) as credit
    from invoices where id = ${invoiceId}`;
  const of = (name: keyof After) => Number(row?.[name]);
  return {
    ...{ paid: of("paid"), credited: of("credited"), written: of("written") },
    ...{ open: of("open"), held: of("held"), credit: of("credit") },
  };
}

async function totalOf({ invoiceId }: Stage): Promise<number> {
  const [row] = await t.sql<{ total: string }[]>`select total_minor as total from invoices where id = ${invoiceId}`;
  return Number(row?.total);
}

describe("each row of the books, with its inverse and small numbers", () => {
  it("bill issued", async () => {
    const before = await lastJournal();
    await stage();
    expect(await postedAfter(before)).toEqual({
      invoice_issued: { receivable: 10_000, revenue: -9_300, tax_payable: -700 },
    });
  });

  it.each(Object.entries(ROWS))("%s", async (_row, steps) => {
    const at = await stage();
    for (const { does, by, posts, leaves } of steps) {
      const before = await lastJournal();
      await by(at);
      expect({ does, posts: await postedAfter(before) }).toEqual({ does, posts });
      const after = await standing(at);
      expect({ does, ...after }).toMatchObject({ does, ...leaves });
      expect(after.paid + after.credited + after.written + after.open).toBe(await totalOf(at));
    }
    const { checks } = await proveBooks({ ctx: world.ctx(), input: { asOf: null } });
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(world.failures).toEqual([]);
  });

  it("is all of them: no kind of journal is without a row here, but the waiver, which is a goodwill credit", async () => {
    const rows = await t.sql<{ kind: string }[]>`select distinct kind from journals`;
    const seen = new Set(rows.map(({ kind }) => kind));
    expect(journalKind.enumValues.filter((kind) => !seen.has(kind))).toEqual(["waiver"]);
  });
});
