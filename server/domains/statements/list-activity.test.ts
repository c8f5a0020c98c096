import { afterAll, beforeAll, expect, test } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { addDays, localDate, type LocalDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { openImportedDisputes } from "#server/domains/disputes/index.ts";
import { issueInvoice } from "#server/domains/invoices/index.ts";
import { recordImportedPayments } from "#server/domains/payments/index.ts";
import { present } from "#server/platform/assert.ts";
import { encodeCursor } from "#server/platform/paging.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { type Activity, listActivity } from "./index.ts";

const USD = currency("USD");
let t: TestDatabase;
let accountId: string;
let otherId: string;

beforeAll(async () => {
  t = await createTestDatabase();
  const draft = (number: string) => ({ number, name: number, currency: USD, zone: "UTC" });
  const made = await createAccounts({
    ctx: testCtx(t.db),
    input: { accounts: [draft("A-1"), draft("A-2")] },
  });
  [accountId, otherId] = made.value.map(({ id }) => id) as [string, string];
  const september = await bill(accountId, "2026-09-03", "50.00");
  await pay(september, "2026-10-05", 50_00n);
  const october = await bill(accountId, "2026-10-03", "42.10");
  await withTransaction(t.db, (tx) =>
    openImportedDisputes(tx, [
      { accountId, invoiceId: october, amount: money(42_10n, USD), openedOn: localDate("2026-10-03") },
    ]),
  );
  await bill(otherId, "2026-11-03", "9.99");
});
afterAll(() => t.drop());

async function bill(of: string, issuedOn: string, unitPrice: string): Promise<string> {
  const day = localDate(issuedOn);
  const lines = [{ description: "Water", unitPrice }];
  const issued = await issueInvoice({
    ctx: testCtx(t.db),
    input: { accountId: of, issuedOn: day, dueOn: addDays(day, 24), lines, idempotencyKey: `bill ${of} ${issuedOn}` },
  });
  if (!issued.ok) throw new Error(issued.reason);
  return issued.value.invoiceId;
}

const pay = (invoiceId: string, paidOn: string, amountMinor: bigint) =>
  withTransaction(t.db, (tx) =>
    recordImportedPayments(tx, [
      { accountId, invoiceId, amount: money(amountMinor, USD), paidOn: localDate(paidOn), key: `pay ${invoiceId}` },
    ]),
  );

const told = (items: readonly Activity[]): [Activity["kind"], LocalDate, bigint][] =>
  items.map(({ kind, occurredOn, amountMinor }) => [kind, occurredOn, amountMinor]);

const EVERYTHING = [
  ["payment", "2026-10-05", 50_00n],
  ["dispute", "2026-10-03", 42_10n],
  ["bill", "2026-10-03", 42_10n],
  ["bill", "2026-09-03", 50_00n],
];

test("everything of one account is told once, newest first, and nothing of another", async () => {
  const page = await listActivity(t.db, { accountId });
  expect(told(page.items)).toEqual(EVERYTHING);
  expect(page.nextCursor).toBeNull();
  const [, dispute] = page.items;
  expect(dispute).toMatchObject({ kind: "dispute", billNumber: expect.stringMatching(/^INV-/) });
});

test("pages follow each other without a gap or a repeat, also within one day", async () => {
  const seen: Activity[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listActivity>> = await listActivity(t.db, { accountId, cursor, limit: 1 });
    seen.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(told(seen)).toEqual(EVERYTHING);
});

test("a cursor that is not ours starts at the top", async () => {
  for (const cursor of ["x", encodeCursor(["2026-99-99", "1"]), encodeCursor(["' or true --", "x"])]) {
    const page = await listActivity(t.db, { accountId, cursor });
    expect(present(page.items[0], "an item").kind).toBe("payment");
  }
});
