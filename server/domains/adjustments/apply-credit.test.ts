import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { credits, invoices, journals, logins, messages, outbox } from "#db/schema/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { openConversation } from "#server/domains/conversations/index.ts";
import { getAccountMoney, issueInvoice } from "#server/domains/invoices/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { applyCredit, creditLimitOf, type CreditRequest, listCredits, previewCredit } from "./index.ts";

const USD = currency("USD");
const today = localDate("2026-11-23");
let t: TestDatabase;
let place = 0;
beforeAll(async () => {
  t = await createTestDatabase();
});
afterAll(() => t.drop());

async function staff(role: "rep" | "supervisor" | "admin", name: string): Promise<Extract<Actor, { kind: "staff" }>> {
  place += 1;
  const [row] = await t.db
    .insert(logins)
    .values({ email: `${role}-${place}@demo.test`, name, role })
    .returning();
  const { id: loginId = "", email = "" } = row ?? {};
  return { kind: "staff", loginId, name, email, locale: "en-US", role };
}

/** An account with a bill of 100.00 in two lines, 7.00 of it tax, and a thread. */
async function billed() {
  const at = (place += 1);
  const ctx = testCtx(t.db);
  const account = { number: `C-${at}`, name: "Ada", currency: USD, zone: "America/New_York" };
  const { value: accounts } = await createAccounts({ ctx, input: { accounts: [account] } });
  const accountId = accounts[0]?.id ?? "";
  const issued = await issueInvoice({
    ctx,
    input: {
      ...{ accountId, issuedOn: localDate("2026-11-01"), dueOn: localDate("2026-11-22"), idempotencyKey: `b${at}` },
      lines: [
        { description: "Water", unitPrice: "63.00", taxMinor: 7_00n },
        { description: "Service", unitPrice: "30.00" },
      ],
    },
  });
  const opened = await openConversation({ ctx, input: { accountId, subject: "general", title: "Water" } });
  if (!issued.ok || !opened.ok) throw new Error("the test's own set-up failed");
  const conversationId = opened.value.conversation.id;
  return { accountId, invoiceId: issued.value.invoiceId, conversationId };
}

const request = (of: Awaited<ReturnType<typeof billed>>, more: Partial<CreditRequest> = {}): CreditRequest => ({
  ...{ ...of, kind: "credit_note", amount: money(10_00n, USD), reason: "billed_wrong", note: "Meter misread" },
  idempotencyKey: `credit-${(place += 1)}`,
  ...more,
});

const openOf = async (invoiceId: string) =>
  (await t.db.select({ open: invoices.openMinor }).from(invoices).where(eq(invoices.id, invoiceId)))[0]?.open;

async function ledgerOf(actionId: string) {
  const rows = await t.sql<{ account: string; minor: string }[]>`
    select a.kind as account, e.amount_minor::text as minor from entries e
    join ledger_accounts a on a.id = e.ledger_account_id join journals j on j.number = e.journal_number
    where j.action_id = ${actionId} order by e.line`;
  return Object.fromEntries(rows.map((row) => [row.account, row.minor]));
}

describe("a credit note", () => {
  it("takes revenue and its tax back, brings the bill down, and stands as a card in the thread", async () => {
    const of = await billed();
    const given = await applyCredit({ ctx: testCtx(t.db, { actor: await staff("rep", "Ruth") }), input: request(of) });
    if (!given.ok) throw new Error(given.reason);
    expect(await openOf(of.invoiceId)).toBe(90_00n);
    // 7.00 of 100.00 on the water line is tax: in proportion, 70 cents of 10.00.
    expect(await ledgerOf(given.value.actionId)).toEqual({ revenue: "930", tax_payable: "70", receivable: "-1000" });
    const cards = await t.db.select().from(messages).where(eq(messages.actionId, given.value.actionId));
    expect(cards).toMatchObject([{ kind: "card", seq: given.value.messageSeq, body: "Meter misread" }]);
  });

  it("of a line takes no more than is left of it", async () => {
    const of = await billed();
    const [line] = await t.sql<{ id: string }[]>`
      select id from invoice_lines where invoice_id = ${of.invoiceId} and position = 2`;
    const lineId = line?.id ?? "";
    const ctx = testCtx(t.db);
    expect(await applyCredit({ ctx, input: request(of, { lineId, amount: money(30_01n, USD) }) })).toMatchObject({
      ...{ ok: false, reason: "more_than_left", leftMinor: 30_00n },
    });
    expect(await applyCredit({ ctx, input: request(of, { lineId, amount: money(30_00n, USD) }) })).toMatchObject({
      ok: true,
    });
    expect(await applyCredit({ ctx, input: request(of, { lineId, amount: money(1n, USD) }) })).toMatchObject({
      ...{ reason: "more_than_left", leftMinor: 0n },
    });
  });
});

describe("a goodwill credit", () => {
  it("is borne by its reason's allowance and has no tax; on no bill it is open credit", async () => {
    const of = await billed();
    const gift = { kind: "goodwill" as const, reason: "service_issue" as const };
    const onBill = await applyCredit({ ctx: testCtx(t.db), input: request(of, gift) });
    const onNone = await applyCredit({ ctx: testCtx(t.db), input: request(of, { ...gift, invoiceId: null }) });
    if (!onBill.ok || !onNone.ok) throw new Error("refused");
    expect(await ledgerOf(onBill.value.actionId)).toEqual({ allowance_service_issue: "1000", receivable: "-1000" });
    expect(await ledgerOf(onNone.value.actionId)).toEqual({ allowance_service_issue: "1000", unapplied: "-1000" });
    expect(onNone.value.becameCredit.amountMinor).toBe(10_00n);
    const account = await getAccountMoney(t.db, of.accountId, today);
    expect([account.open.amountMinor, account.unapplied.amountMinor]).toEqual([90_00n, 10_00n]);
    expect((await listCredits(t.db, { accountId: of.accountId })).items.map((one) => one.kind)).toEqual([
      "goodwill",
      "goodwill",
    ]);
  });
});

describe("replay and race", () => {
  it("the same key ten times at once gives it once, with one card", async () => {
    const of = await billed();
    const input = request(of);
    const answers = await Promise.all(Array.from({ length: 10 }, () => applyCredit({ ctx: testCtx(t.db), input })));
    expect(new Set(answers.map((answer) => (answer.ok ? answer.value.creditId : answer.reason))).size).toBe(1);
    expect(await openOf(of.invoiceId)).toBe(90_00n);
    expect(await t.db.select().from(messages).where(eq(messages.conversationId, of.conversationId))).toHaveLength(1);
    const other = await applyCredit({ ctx: testCtx(t.db), input: { ...input, amount: money(11_00n, USD) } });
    expect(other).toMatchObject({ ok: false, reason: "key_reused_with_other_input" });
  });

  it("two reps at once never take more of a bill than is left", async () => {
    const of = await billed();
    const actors = await Promise.all([
      staff("supervisor", "Sam"),
      staff("supervisor", "Sue"),
      staff("supervisor", "Sid"),
    ]);
    const answers = await Promise.all(
      actors.map((actor) =>
        applyCredit({ ctx: testCtx(t.db, { actor }), input: request(of, { amount: money(60_00n, USD) }) }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await openOf(of.invoiceId)).toBe(40_00n);
  });

  it("one rep at several bills at once stays within the day", async () => {
    const bills = await Promise.all(Array.from({ length: 5 }, billed));
    const actor = await staff("rep", "Ron");
    const answers = await Promise.all(
      bills.map((of) =>
        applyCredit({ ctx: testCtx(t.db, { actor }), input: request(of, { amount: money(40_00n, USD) }) }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(3);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ reason: "above_day_limit", leftMinor: 30_00n });
    const limit = await creditLimitOf(testCtx(t.db, { actor }), { currency: USD, zone: "America/New_York" } as never);
    expect(limit.leftToday?.amountMinor).toBe(30_00n);
  });
});

describe("refusals", () => {
  it("above the limit name who can, and write nothing", async () => {
    const of = await billed();
    await staff("supervisor", "Dana");
    const actor = await staff("rep", "Rae");
    const input = request(of, { amount: money(50_01n, USD) });
    const refused = await applyCredit({ ctx: testCtx(t.db, { actor }), input });
    expect(refused).toMatchObject({ reason: "above_limit", limitMinor: 50_00n, who: "supervisor" });
    expect(refused.ok ? [] : "people" in refused && refused.people).toContain("Dana");
    expect(await openOf(of.invoiceId)).toBe(100_00n);
    expect(await t.db.select().from(credits).where(eq(credits.invoiceId, of.invoiceId))).toEqual([]);
  });

  it("a stale form and another currency are told apart", async () => {
    const of = await billed();
    expect(await applyCredit({ ctx: testCtx(t.db), input: request(of, { seenVersion: 1 }) })).toMatchObject({
      reason: "account_changed",
    });
    expect(
      await applyCredit({ ctx: testCtx(t.db), input: request(of, { amount: money(1_00n, currency("EUR")) }) }),
    ).toMatchObject({ reason: "other_currency" });
  });

  it("a customer may not, and a foreign bill or thread is as if unknown", async () => {
    const [mine, foreign] = await Promise.all([billed(), billed()]);
    const customer: Actor = {
      ...{
        kind: "customer",
        loginId: "0190a000-0000-7000-8000-000000000009",
        name: "Ada",
        email: "a@demo.test",
        locale: "en-US",
      },
      accounts: new Map([[mine.accountId, "manage"]]),
    };
    await expect(applyCredit({ ctx: testCtx(t.db, { actor: customer }), input: request(mine) })).rejects.toMatchObject({
      code: "forbidden",
    });
    for (const other of [{ invoiceId: foreign.invoiceId }, { conversationId: foreign.conversationId }]) {
      await expect(applyCredit({ ctx: testCtx(t.db), input: request(mine, other) })).rejects.toMatchObject({
        code: "not_found",
      });
    }
  });
});

describe("a preview", () => {
  it("tells what each number becomes and leaves nothing behind", async () => {
    const of = await billed();
    const count = async () =>
      [
        ...(await t.db.select({ id: journals.id }).from(journals)),
        ...(await t.db.select({ id: outbox.id }).from(outbox)),
      ].length;
    const before = await count();
    const shown = await previewCredit({ ctx: testCtx(t.db), input: request(of) });
    if (!shown.ok) throw new Error(shown.reason);
    expect(shown.value.before.toPayNow.amountMinor).toBe(100_00n);
    expect(shown.value.after.toPayNow.amountMinor).toBe(90_00n);
    expect(await count()).toBe(before);
    expect(await openOf(of.invoiceId)).toBe(100_00n);
  });
});
