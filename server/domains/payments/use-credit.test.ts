import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { getAccountMoney, issueInvoice, listOpenBills } from "#server/domains/invoices/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { recordManualPayment, useCredit } from "./index.ts";

const today = localDate("2026-11-23");
let t: TestDatabase;
let place = 0;

beforeAll(async () => {
  t = await createTestDatabase();
});
afterAll(() => t.drop());

const ctx = () => testCtx(t.db);

/** An account with credit of 30.00 and then two bills, the newer of 20.00. */
async function withCredit() {
  place += 1;
  const accounts = [{ number: `U-${place}`, name: "Ada", email: null, currency: currency("USD"), zone: "UTC" }];
  const { value } = await createAccounts({ ctx: ctx(), input: { accounts } });
  const accountId = value[0]?.id ?? "";
  const paid = { kind: "cash" as const, amountMinor: 30_00n, reference: "till", bills: [], receivedOn: today };
  await recordManualPayment({ ctx: ctx(), input: { ...paid, accountId, idempotencyKey: `cash ${place}` } });
  const ids: string[] = [];
  for (const unitPrice of ["100.00", "20.00"]) {
    const dueOn = localDate(unitPrice === "100.00" ? "2026-11-10" : "2026-11-20");
    const bill = { accountId, issuedOn: localDate("2026-11-01"), dueOn, idempotencyKey: `bill ${place} ${unitPrice}` };
    const issued = await issueInvoice({ ctx: ctx(), input: { ...bill, lines: [{ description: "Water", unitPrice }] } });
    if (!issued.ok) throw new Error(issued.reason);
    ids.push(issued.value.invoiceId);
  }
  return { accountId, older: ids[0] ?? "", newer: ids[1] ?? "" };
}

const standing = async (accountId: string) => ({
  open: Object.fromEntries((await listOpenBills(t.db, { accountId, today })).map((bill) => [bill.id, bill.openMinor])),
  credit: (await getAccountMoney(t.db, accountId, today)).unapplied.amountMinor,
});

describe("credit used on a bill", () => {
  it("goes to that bill and no other, as far as it asks; the rest stays credit", async () => {
    const { accountId, older, newer } = await withCredit();
    const used = await useCredit({
      ctx: ctx(),
      input: { accountId, invoiceId: newer, idempotencyKey: `use ${place}` },
    });
    expect(used).toEqual({ ok: true, value: { usedMinor: 20_00n } });
    expect(await standing(accountId)).toEqual({ open: { [older]: 100_00n }, credit: 10_00n });
    expect((await proveBooks({ ctx: ctx(), input: { asOf: null } })).ok).toBe(true);
  });

  it("pressed many times at once is used once", async () => {
    const { accountId, older } = await withCredit();
    const input = { accountId, invoiceId: older, idempotencyKey: `twice ${place}` };
    const answers = await Promise.all([1, 2, 3, 4].map(() => useCredit({ ctx: ctx(), input })));
    expect(answers.every((answer) => answer.ok && answer.value.usedMinor === 30_00n)).toBe(true);
    expect(await standing(accountId)).toMatchObject({ open: { [older]: 70_00n }, credit: 0n });
  });

  it("is refused where there is none left", async () => {
    const { accountId, older, newer } = await withCredit();
    await useCredit({ ctx: ctx(), input: { accountId, invoiceId: older, idempotencyKey: `all ${place}` } });
    const again = await useCredit({
      ctx: ctx(),
      input: { accountId, invoiceId: newer, idempotencyKey: `no ${place}` },
    });
    expect(again).toMatchObject({ ok: false, reason: "nothing_to_use" });
  });
});
