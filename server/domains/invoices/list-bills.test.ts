import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { localDate } from "#app/contracts/local-date.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { withTransaction } from "#db/transaction.ts";

import {
  agingOf,
  billedAndPaidByMonth,
  type BillFilter,
  findBillBefore,
  getAccountMoney,
  getBill,
  getBillById,
  issueInvoice,
  listBills,
  listOpenBills,
  listOwed,
  markBill,
  placeClaim,
} from "./index.ts";
import { findRelatedBills } from "./related-bills.ts";
import { NOW, testAccount, testBill, testCtx, testPayment, TODAY } from "./test-account.ts";

let t: TestDatabase;
let accountId: string;
let ids: Record<"late" | "disputed" | "next" | "paid", string>;
const dispute = "01890000-0000-7000-8000-000000000001";

beforeAll(async () => {
  t = await createTestDatabase();
  accountId = await testAccount(t.db);
  ids = {
    late: await testBill(t.db, accountId, { total: 42_10n, issuedOn: "2026-10-03", dueOn: "2026-11-02" }),
    disputed: await testBill(t.db, accountId, { total: 30_00n, issuedOn: "2026-10-04", dueOn: "2026-11-03" }),
    next: await testBill(t.db, accountId, { total: 112_10n, issuedOn: "2026-11-03", dueOn: "2026-11-27" }),
    paid: await testBill(t.db, accountId, { total: 50_00n, issuedOn: "2026-09-03", dueOn: "2026-10-03" }),
  };
  const bills = [{ invoiceId: ids.paid, amountMinor: 50_00n }];
  await testPayment(t.db, accountId, { amount: 62_00n, bills, day: "2026-10-05" });
  await withTransaction(t.db, (tx) =>
    placeClaim(tx, {
      accountId,
      kind: "dispute",
      sourceId: dispute,
      bills: [{ invoiceId: ids.disputed, wantedMinor: 30_00n }],
      occurredOn: TODAY,
      occurredAt: NOW,
    }),
  );
});
afterAll(() => t.drop());

test("the words of an account stand inside each other as MONEY.md says", async () => {
  const money = await getAccountMoney(t.db, accountId, TODAY);
  expect(money).toMatchObject({
    open: { amountMinor: 184_20n },
    payable: { amountMinor: 154_20n },
    pastDue: { amountMinor: 42_10n },
    inDispute: { amountMinor: 30_00n },
    processing: { amountMinor: 0n },
    unapplied: { amountMinor: 12_00n },
    toPayNow: { amountMinor: 142_20n },
    lateToPayNow: { amountMinor: 30_10n },
    nextDueOn: "2026-11-27",
    openBills: 3,
  });
});

test("what waits for a chosen date is past due and not late in what is to pay now", async () => {
  const accountId = await testAccount(t.db);
  const late = await testBill(t.db, accountId, { total: 42_10n, issuedOn: "2026-10-03", dueOn: "2026-11-02" });
  await testBill(t.db, accountId, { total: 112_10n, issuedOn: "2026-11-03", dueOn: "2026-11-27" });
  const read = async () => {
    const { pastDue, toPayNow, lateToPayNow } = await getAccountMoney(t.db, accountId, TODAY);
    return [pastDue, toPayNow, lateToPayNow].map(({ amountMinor }) => amountMinor);
  };
  expect(await read()).toEqual([42_10n, 154_20n, 42_10n]);
  await withTransaction(t.db, (tx) =>
    placeClaim(tx, {
      ...{ accountId, kind: "scheduled", sourceId: "01890000-0000-7000-8000-000000000002" },
      bills: [{ invoiceId: late, wantedMinor: 42_10n }],
      ...{ occurredOn: TODAY, occurredAt: NOW },
    }),
  );
  expect(await read()).toEqual([42_10n, 112_10n, 0n]);
});

test("due today is not late", async () => {
  const dueDay = localDate("2026-11-02");
  expect((await getAccountMoney(t.db, accountId, dueDay)).pastDue.amountMinor).toBe(0n);
  expect((await getAccountMoney(t.db, accountId, localDate("2026-11-03"))).pastDue.amountMinor).toBe(42_10n);
});

describe("a list of bills", () => {
  test.each<[BillFilter, (keyof typeof ids)[]]>([
    ["all", ["next", "disputed", "late", "paid"]],
    ["open", ["next", "disputed", "late"]],
    ["overdue", ["late"]],
    ["disputed", ["disputed"]],
    ["paid", ["paid"]],
  ])("%s", async (filter, names) => {
    const page = await listBills(t.db, { accountId, today: TODAY, filter });
    expect(page.items.map((bill) => bill.id)).toEqual(names.map((name) => ids[name]));
  });

  test.each([
    ["42.10", ["late"]],
    ["112.10", ["next"]],
    ["wat", ["next", "disputed", "late", "paid"]],
    ["no such", []],
    ["%", []],
  ] as const)("is searched by number, by what its lines say, and by amount: %s", async (search, names) => {
    const page = await listBills(t.db, { accountId, today: TODAY, search });
    expect(page.items.map((bill) => bill.id)).toEqual(names.map((name) => ids[name]));
  });

  test("pages by keyset, and a foreign cursor starts at the top", async () => {
    const first = await listBills(t.db, { accountId, today: TODAY, limit: 3 });
    expect(first.nextCursor).not.toBeNull();
    const second = await listBills(t.db, { accountId, today: TODAY, limit: 3, cursor: first.nextCursor });
    expect(second).toMatchObject({ items: [{ id: ids.paid }], nextCursor: null });
    const top = await listBills(t.db, { accountId, today: TODAY, limit: 3, cursor: "nonsense" });
    expect(top.items[0]?.id).toBe(ids.next);
  });

  test("each bill says its state in one word", async () => {
    const page = await listBills(t.db, { accountId, today: TODAY });
    expect(page.items.map((bill) => bill.standing)).toEqual(["due", "in_dispute", "overdue", "paid"]);
  });
});

test("what the pay page offers is open, oldest due first, with the held part beside payable", async () => {
  const bills = await listOpenBills(t.db, { accountId, today: TODAY });
  expect(bills.map(({ id, payableMinor, heldMinor }) => [id, payableMinor, heldMinor.dispute])).toEqual([
    [ids.late, 42_10n, 0n],
    [ids.disputed, 0n, 30_00n],
    [ids.next, 112_10n, 0n],
  ]);
});

test("a bill tells its lines, its story, what holds it and what moved it", async () => {
  const page = await listBills(t.db, { accountId, today: TODAY, filter: "paid" });
  const number = page.items[0]?.number ?? "";
  const bill = await getBill(t.db, { accountId, number, today: TODAY });
  expect(bill.lines).toMatchObject([{ description: "Water", quantity: "1", unitPrice: "50.00", amountMinor: 50_00n }]);
  expect(bill.timeline.map((entry) => entry.kind)).toEqual(["issued", "paid"]);
  expect(bill.allocations).toMatchObject([{ effect: "paid", amountMinor: 50_00n, paymentLabel: "Visa ··4242" }]);
  const disputed = await listBills(t.db, { accountId, today: TODAY, filter: "disputed" });
  const held = await getBill(t.db, { accountId, number: disputed.items[0]?.number ?? "", today: TODAY });
  expect(held.claims).toMatchObject([{ kind: "dispute", sourceId: dispute, heldMinor: 30_00n }]);
});

test("a late fee and the bill it is for lead to each other, inside their account", async () => {
  const [accountId, other] = [await testAccount(t.db), await testAccount(t.db)];
  const parentId = await testBill(t.db, accountId, { total: 90_00n, issuedOn: "2026-09-01", dueOn: "2026-10-01" });
  const fee = { kind: "late_fee", issuedOn: localDate("2026-11-01"), dueOn: localDate("2026-11-15") } as const;
  const issued = await issueInvoice({
    ctx: testCtx(t.db),
    input: {
      ...{ ...fee, accountId, parentId, idempotencyKey: "related" },
      lines: [{ description: "Late fee", unitPrice: "1.35" }],
    },
  });
  if (!issued.ok) throw new Error(issued.reason);
  const { number: parent } = await getBillById(t.db, { accountId, invoiceId: parentId, today: TODAY });
  const relatedOf = async (number: string) => (await getBill(t.db, { accountId, number, today: TODAY })).related;
  expect(await relatedOf(parent)).toEqual({ feeFor: null, lateFees: [issued.value.number] });
  expect(await relatedOf(issued.value.number)).toEqual({ feeFor: parent, lateFees: [] });
  expect(await findRelatedBills(t.db, { id: parentId, accountId: other, parentId: null })).toMatchObject({
    lateFees: [],
  });
});

test("a bill's story says once that it was sent and opened, and by whose account alone", async () => {
  const accountId = await testAccount(t.db);
  const invoiceId = await testBill(t.db, accountId, { total: 1_00n, issuedOn: "2024-01-01", dueOn: "2024-01-31" });
  const other = await testAccount(t.db);
  const mark = (of: string, as: "sent" | "viewed") =>
    withTransaction(t.db, (tx) => markBill(tx, { accountId: of, invoiceId, as, at: NOW }));
  await mark(other, "viewed");
  for (const as of ["sent", "sent", "viewed", "viewed"] as const) await mark(accountId, as);
  const bill = await getBillById(t.db, { accountId, invoiceId, today: TODAY });
  const { timeline, viewed } = await getBill(t.db, { accountId, number: bill.number, today: TODAY });
  expect(timeline.map(({ kind }) => kind).sort()).toEqual(["issued", "sent", "viewed"]);
  expect(viewed).toBe(true);
});

test("a bill of another account is not found", async () => {
  const other = await testAccount(t.db);
  const page = await listBills(t.db, { accountId, today: TODAY });
  const number = page.items[0]?.number ?? "";
  await expect(getBill(t.db, { accountId: other, number, today: TODAY })).rejects.toThrow("bill not found");
});

test("aging adds up to open, and says how much of it is in dispute", async () => {
  expect(await agingOf(t.db, { accountId, today: TODAY })).toEqual({
    current: 112_10n,
    d1_30: 72_10n,
    d31_60: 0n,
    d61_90: 0n,
    d90plus: 0n,
    disputed: 30_00n,
  });
});

test("24 months of billed and paid end with this month", async () => {
  const months = await billedAndPaidByMonth(t.db, { accountId, today: TODAY });
  expect(months).toHaveLength(24);
  expect(months.slice(-3)).toEqual([
    { month: "2026-09-01", billedMinor: 50_00n, paidMinor: 0n },
    { month: "2026-10-01", billedMinor: 72_10n, paidMinor: 62_00n },
    { month: "2026-11-01", billedMinor: 112_10n, paidMinor: 0n },
  ]);
});

test("the bill before is the account's last one issued earlier, with its lines; its first has none", async () => {
  const bill = (number: string) => getBill(t.db, { accountId, number, today: TODAY });
  const all = await listBills(t.db, { accountId, today: TODAY });
  const [next, disputed] = all.items;
  const first = all.items.at(-1);
  if (!next || !disputed || !first) throw new Error("the account has bills");
  const before = await findBillBefore(t.db, await bill(next.number));
  expect(before).toMatchObject({ number: disputed.number, totalMinor: 30_00n, lines: [{ description: "Water" }] });
  expect(await findBillBefore(t.db, await bill(first.number))).toBeNull();
});

test("a list of accounts says of each what its own page says, and of one that owes nothing, nothing", async () => {
  const quiet = await testAccount(t.db);
  const owed = await listOwed(t.db, { accountIds: [accountId, quiet], now: NOW });
  const { open, pastDue, inDispute } = await getAccountMoney(t.db, accountId, TODAY);
  expect(owed.get(accountId)).toEqual({
    openMinor: open.amountMinor,
    pastDueMinor: pastDue.amountMinor,
    inDisputeMinor: inDispute.amountMinor,
  });
  expect(owed.has(quiet)).toBe(false);
  expect(await listOwed(t.db, { accountIds: [], now: NOW })).toEqual(new Map());
});
