import { inArray } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { addDays, addMonths, localDate, type LocalDate } from "#app/contracts/local-date.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { accountPeople, logins, mails } from "#db/schema/index.ts";
import { createAccounts, getAccount } from "#server/domains/accounts/index.ts";
import { applyCredit } from "#server/domains/adjustments/index.ts";
import { agingOf, getAccountMoney, issueInvoice, listOpenBills } from "#server/domains/invoices/index.ts";
import { sendQueuedMail, writeTopicsOff } from "#server/domains/notifications/index.ts";
import { recordManualPayment } from "#server/domains/payments/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  ageStatement,
  getIssuedStatement,
  getStatement,
  issueStatement,
  listReaders,
  listStatements,
  runStatementDuties,
  type StatementAging,
  statementCsv,
  wishMonthly,
} from "./index.ts";

const USD = currency("USD");
let t: TestDatabase;
let place = 0;
beforeAll(async () => void (t = await createTestDatabase()));
afterAll(() => t.drop());

const at = (day: LocalDate) => testCtx(t.db, { now: new Date(`${day}T15:00:00Z`) });

async function open() {
  place += 1;
  const { value } = await createAccounts({
    ctx: at(localDate("2028-01-01")),
    input: {
      accounts: [{ number: `S-${String(place)}`, name: "Ada", email: "ada@demo.test", currency: USD, zone: "UTC" }],
    },
  });
  return value[0]?.id ?? "";
}

let keys = 0;
const key = () => `statement test ${String((keys += 1))}`;

async function bill(accountId: string, today: LocalDate, minor: number) {
  const lines = [{ description: "Water", unitPrice: (minor / 100).toFixed(2) }];
  const dates = { issuedOn: today, dueOn: addDays(today, 20) };
  await issueInvoice({ ctx: at(today), input: { accountId, ...dates, lines, idempotencyKey: key() } });
}

/** Pays the oldest bills with a check that came some days ago; what no bill takes becomes credit. */
async function check(accountId: string, today: LocalDate, { minor, daysAgo }: { minor: number; daysAgo: number }) {
  const bills = await listOpenBills(t.db, { accountId, today });
  let left = BigInt(minor);
  const chosen = bills.flatMap(({ id, payableMinor }) => {
    const amountMinor = payableMinor < left ? payableMinor : left;
    left -= amountMinor;
    return amountMinor > 0n ? [{ invoiceId: id, amountMinor }] : [];
  });
  await recordManualPayment({
    ctx: at(today),
    input: {
      ...{ accountId, kind: "check", amountMinor: BigInt(minor), reference: "1", receivedOn: addDays(today, -daysAgo) },
      ...{ bills: chosen, creditAllowed: true, idempotencyKey: key() },
    },
  });
}

async function goodwill(accountId: string, today: LocalDate, minor: number) {
  const [first] = await listOpenBills(t.db, { accountId, today });
  await applyCredit({
    ctx: at(today),
    input: {
      ...{ accountId, kind: "goodwill", amount: { amountMinor: BigInt(minor), currency: USD }, reason: "goodwill" },
      ...{ invoiceId: first?.id ?? null, conversationId: null, idempotencyKey: key() },
    },
  });
}

const owedOf = ({ current, d1_30, d31_60, d61_90, d90plus, creditMinor }: StatementAging): bigint =>
  current + d1_30 + d31_60 + d61_90 + d90plus - creditMinor;

const step = fc.oneof(
  fc.record({ do: fc.constant("bill" as const), minor: fc.integer({ min: 1, max: 20_000 }) }),
  fc.record({
    ...{ do: fc.constant("check" as const), minor: fc.integer({ min: 100, max: 25_000 }) },
    daysAgo: fc.integer({ min: 0, max: 40 }),
  }),
  fc.record({ do: fc.constant("goodwill" as const), minor: fc.integer({ min: 1, max: 5_000 }) }),
  fc.record({ do: fc.constant("issue" as const) }),
);

describe("statements", () => {
  it("meet each other and the books to the cent, over random histories with late arrivals", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 18 }), async (steps) => {
        const accountId = await open();
        let today = localDate("2028-01-10");
        for (const one of steps) {
          today = addDays(today, 6);
          if (one.do === "bill") await bill(accountId, today, one.minor);
          if (one.do === "check") await check(accountId, today, one);
          if (one.do === "goodwill") await goodwill(accountId, today, one.minor);
          if (one.do === "issue") {
            await issueStatement({
              ctx: at(today),
              input: { accountId, toOn: addDays(today, -1), firstFromOn: localDate("2028-01-01") },
            });
          }
          const money = await getAccountMoney(t.db, accountId, today);
          const owed = money.open.amountMinor - money.unapplied.amountMinor;
          const range = { accountId, currency: USD, fromOn: localDate("2028-01-01"), toOn: today };
          const statement = await getStatement(t.db, range);
          expect(statement.closingMinor).toBe(owed);
          const aging = await agingOf(t.db, { accountId, today });
          const { disputed: _, ...open } = aging;
          expect(await ageStatement(t.db, { accountId, statement, today })).toEqual({
            ...{ ...open, creditMinor: money.unapplied.amountMinor, day: today },
          });
          const { current, d1_30, d31_60, d61_90, d90plus } = aging;
          expect(current + d1_30 + d31_60 + d61_90 + d90plus).toBe(money.open.amountMinor);
        }
        let closing: bigint | null = null;
        for (const { id } of (await listStatements(t.db, accountId)).reverse()) {
          const issued = await getIssuedStatement(t.db, { accountId, statementId: id });
          if (closing !== null) expect(issued.openingMinor).toBe(closing);
          const moved = issued.lines.reduce((sum, line) => sum + line.amountMinor, 0n);
          expect(issued.openingMinor + moved).toBe(issued.closingMinor);
          expect(owedOf(await ageStatement(t.db, { accountId, statement: issued, today }))).toBe(issued.closingMinor);
          closing = issued.closingMinor;
        }
      }),
      { numRuns: 12, seed: 20_261_123 },
    );
    const report = await proveBooks({ ctx: at(localDate("2028-06-01")), input: { asOf: null } });
    expect(report.checks.filter((one) => !one.ok)).toEqual([]);
  });

  it("what arrives later with an earlier date stands on the next one, marked; the issued one stays as it was", async () => {
    const accountId = await open();
    await bill(accountId, localDate("2028-06-03"), 10_000);
    const june = { accountId, toOn: localDate("2028-06-30"), firstFromOn: localDate("2028-06-01") };
    const issued = await issueStatement({ ctx: at(localDate("2028-07-01")), input: june });
    const again = await issueStatement({ ctx: at(localDate("2028-07-02")), input: june });
    expect(again).toMatchObject({ ok: true, value: { ...(issued.ok ? issued.value : {}), fresh: false } });
    await check(accountId, localDate("2028-07-02"), { minor: 10_000, daysAgo: 4 });
    const july = { ...june, toOn: localDate("2028-07-31") };
    const next = await issueStatement({ ctx: at(localDate("2028-08-01")), input: july });
    if (!issued.ok || !next.ok) throw new Error("not issued");
    const of = (statementId: string) => getIssuedStatement(t.db, { accountId, statementId });
    const first = await of(issued.value.statementId);
    expect(first).toMatchObject({ closingMinor: 10_000n, lines: [{ late: false }] });
    const aged = await ageStatement(t.db, { accountId, statement: first, today: localDate("2028-08-01") });
    expect(aged).toMatchObject({ current: 0n, d1_30: 10_000n, creditMinor: 0n, day: "2028-06-30" });
    expect(await of(next.value.statementId)).toMatchObject({
      ...{ openingMinor: 10_000n, closingMinor: 0n },
      lines: [{ late: true, occurredOn: "2028-06-28", amountMinor: -10_000n }],
    });
  });

  it("refuses days that are not over, and days before the last one", async () => {
    const accountId = await open();
    const input = { accountId, toOn: localDate("2028-06-30"), firstFromOn: localDate("2028-06-01") };
    const ctx = at(localDate("2028-06-30"));
    expect(await issueStatement({ ctx, input })).toMatchObject({ reason: "not_over" });
    await issueStatement({ ctx: at(localDate("2028-07-05")), input });
    const earlier = { ...input, toOn: localDate("2028-06-20") };
    expect(await issueStatement({ ctx: at(localDate("2028-07-05")), input: earlier })).toMatchObject({
      reason: "before_the_last",
    });
  });

  it("come once for each month that is over, also after a pause, to whoever wants them", async () => {
    const [wants, not] = [await open(), await open()];
    await wishMonthly({ ctx: at(localDate("2028-02-10")), input: { accountId: wants, monthly: true } });
    await runStatementDuties(at(localDate("2028-02-29")));
    expect(await listStatements(t.db, wants)).toEqual([]);
    for (const day of ["2028-03-01", "2028-03-01", "2028-03-02"]) await runStatementDuties(at(localDate(day)));
    await Promise.all([1, 2, 3].map(() => runStatementDuties(at(localDate("2028-06-04")))));
    const ends = (await listStatements(t.db, wants)).map((one) => one.toOn).reverse();
    expect(ends).toEqual(["2028-02-29", "2028-03-31", "2028-04-30", "2028-05-31"]);
    expect(await listStatements(t.db, not)).toEqual([]);
    expect(addMonths(localDate("2028-01-31"), 1)).toBe("2028-02-29");
  });

  /** An account without an address of its own, and the people who sign in to it. */
  async function shared(...names: string[]) {
    place += 1;
    const account = { number: `S-${String(place)}`, name: "Ada", email: null, currency: USD, zone: "UTC" };
    const { value } = await createAccounts({ ctx: at(localDate("2028-01-01")), input: { accounts: [account] } });
    const accountId = value[0]?.id ?? "";
    const emails = names.map((name) => `${name}-${String(place)}@demo.test`);
    for (const email of emails) {
      const [login] = await t.db.insert(logins).values({ email, name: email, role: "customer" }).returning();
      await t.db.insert(accountPeople).values({ accountId, loginId: login?.id ?? "", right: "view" });
    }
    await wishMonthly({ ctx: at(localDate("2028-02-10")), input: { accountId, monthly: true } });
    return { accountId, emails };
  }

  it("go to the account's people where it has no address of its own, once each, as each of them chose", async () => {
    const { accountId, emails } = await shared("bea", "cy");
    const [bea = "", cy = ""] = emails;
    await writeTopicsOff(t.db, { address: cy, wanted: { statement: false } });
    const account = await getAccount(t.db, accountId);
    expect(await listReaders(t.db, account)).toEqual({ monthly: true, to: [bea], off: [cy] });
    for (const day of ["2028-03-01", "2028-03-02"]) await runStatementDuties(at(localDate(day)));
    const told = await t.db.select().from(mails).where(inArray(mails.toAddress, emails));
    expect(told.map(({ kind, toAddress }) => [kind, toAddress]).sort()).toEqual([
      ["statement_ready", bea],
      ["statement_ready", cy],
    ]);
    // Among the news of the account the statement stands once.
    expect(told.filter((mail) => mail.accountId === accountId)).toHaveLength(1);
    const render = () => Promise.resolve({ subject: "", html: "<p>", plain: "" });
    const send = () => Promise.resolve();
    for (const { id } of told) {
      await sendQueuedMail({ ctx: at(localDate("2028-03-02")), input: { mailId: id, render, send } });
    }
    const skipped = (await t.db.select().from(mails).where(inArray(mails.toAddress, emails))).filter(
      ({ skippedAt }) => skippedAt !== null,
    );
    expect(skipped.map(({ toAddress }) => toAddress)).toEqual([cy]);
  });

  it("reach nobody where there is neither an address nor anybody who signs in, and it can be told so", async () => {
    const { accountId } = await shared();
    await runStatementDuties(at(localDate("2028-03-01")));
    expect(await listStatements(t.db, accountId)).toHaveLength(1);
    expect(await listReaders(t.db, await getAccount(t.db, accountId))).toEqual({ monthly: true, to: [], off: [] });
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["-1+1", "'-1+1"],
    ["-cmd", "'-cmd"],
    ["\t=1", "'\t=1"],
    ["\r=1", `"'\r=1"`],
    ["\n=1", `"'\n=1"`],
    [" =1", "' =1"],
    ["＝1+1", "'＝1+1"],
    ["Water, cold", '"Water, cold"'],
    ['3" pipe', '"3"" pipe"'],
    ["Water=cold", "Water=cold"],
    ["-12.50", "-12.50"],
  ])("a cell of %j is %j: no spreadsheet takes it for a formula", (text, cell) => {
    const day = localDate("2028-06-03");
    const line = {
      journalId: "j",
      kind: "invoice_issued" as const,
      occurredOn: day,
      amountMinor: 1n,
      balanceMinor: 1n,
    };
    const about = { billNumber: null, methodLabel: null, creditNumber: null, late: false };
    const range = { fromOn: day, toOn: day, currency: USD, openingMinor: 0n, closingMinor: 1n };
    const statement = { ...range, lines: [{ ...line, ...about }], issuedOn: null, lastJournal: null };
    const csv = statementCsv(statement, () => text);
    expect(csv).toContain(`\r\n2028-06-03,${cell},,0.01,0.01,USD\r\n`);
  });

  it("as CSV say the same, and nothing in them is a formula", async () => {
    const accountId = await open();
    await bill(accountId, localDate("2028-06-03"), 12_345);
    const range = { accountId, currency: USD, fromOn: localDate("2028-06-01"), toOn: localDate("2028-06-30") };
    const csv = statementCsv(await getStatement(t.db, range), () => '=HYPERLINK("x"),y');
    expect(csv.split("\r\n").slice(0, 4)).toEqual([
      "\ufeffDate,What happened,Bill,Amount,Balance,Currency",
      "2028-06-01,Opening balance,,,0.00,USD",
      expect.stringMatching(/^2028-06-03,"'=HYPERLINK\(""x""\),y",.+,123\.45,123\.45,USD$/),
      "2028-06-30,Closing balance,,,123.45,USD",
    ]);
  });
});
