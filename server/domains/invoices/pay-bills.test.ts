import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";

import { getAccountMoney } from "./index.ts";
import { billParts, findBroken, testAccount, testBill, testPayment, TODAY } from "./test-account.ts";

let t: TestDatabase;
let accountId: string;
beforeAll(async () => {
  t = await createTestDatabase();
  accountId = await testAccount(t.db);
});
afterEach(async () => expect(await findBroken(t.db)).toEqual([]));
afterAll(() => t.drop());

describe("a settled payment", () => {
  test("pays per chosen bill what is open, and the rest becomes its open credit", async () => {
    const bill = await testBill(t.db, accountId, { total: 100_00n });
    const paid = await testPayment(t.db, accountId, {
      amount: 120_00n,
      bills: [{ invoiceId: bill, amountMinor: 120_00n }],
    });
    expect(paid.paid).toEqual([{ invoiceId: bill, amountMinor: 100_00n }]);
    expect(paid.toCreditMinor).toBe(20_00n);
    expect(await billParts(t.db, bill)).toMatchObject({ paid: 100_00n, open: 0n });
    const money = await getAccountMoney(t.db, accountId, TODAY);
    expect(money.unapplied.amountMinor).toBe(20_00n);
    expect(money.openCredits).toMatchObject([{ kind: "payment", sourceId: paid.paymentId, leftMinor: 20_00n }]);
  });
});
