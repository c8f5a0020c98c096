import { Readable } from "node:stream";

import { afterAll, beforeAll, expect, it } from "vitest";

import { addDays, localDate, type LocalDate } from "#app/contracts/local-date.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { createAccounts, listAccountsByNumber, releaseImportedAccount } from "#server/domains/accounts/index.ts";
import { savePolicy } from "#server/domains/business/index.ts";
import { currency } from "#app/contracts/currency.ts";
import { importMapSchema, runImport } from "#server/domains/imports/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { runCollectionDuties } from "./index.ts";
import { taken, testDebtors } from "./test-debtor.ts";

const map = importMapSchema.parse({
  ...{ currency: "USD", dateFormat: "YYYY-MM-DD" },
  columns: {
    ...{ accountNumber: "account", accountName: "name", email: "email", invoiceNumber: "invoice" },
    ...{ issuedOn: "issued", dueOn: "due", amount: "amount" },
  },
});

let t: TestDatabase;
let debtors: ReturnType<typeof testDebtors>;

/** Late in the evening in New York: in UTC it is the next day. */
const evening = (day: LocalDate) => testCtx(t.db, { now: new Date(`${addDays(day, 1)}T02:30:00Z`) });
const at = (day: LocalDate) => testCtx(t.db, { now: new Date(`${day}T17:00:00Z`) });

beforeAll(async () => {
  t = await createTestDatabase();
  debtors = testDebtors({ db: t.db, at });
  await t.adminSql`insert into business (name, zone, currency) values ('Larkhaven', 'America/New_York', 'USD')`;
  const fee = { enabled: true, basisPoints: 500, fixedMinor: 0n, mostMinor: null, leastLateMinor: 1_00n };
  const body = { ...fee, graceDays: 10, repeat: "once" as const };
  taken(
    await savePolicy({ ctx: testCtx(t.db), input: { kind: "late_fee", body, reason: "test", expectedVersion: 0 } }),
  );
});
afterAll(() => t.drop());

async function bring(day: LocalDate, row: string): Promise<void> {
  const source = Readable.from([Buffer.from(`account,name,email,invoice,issued,due,amount\n${row}`)]);
  taken(await runImport({ ctx: evening(day), db: t.db, input: { fileName: "books.csv", source, map, asOf: null } }));
}

const idOf = async (number: string) => (await listAccountsByNumber(t.db, [number]))[0]?.id ?? "";

async function live(number: string, { email, from }: { email: string; from: LocalDate }) {
  for (let day = from; day <= "2028-05-20"; day = addDays(day, 1)) await runCollectionDuties(at(day));
  const who = { accountId: await idOf(number), email, invoiceId: "" };
  return { fees: await debtors.feeDays(who), mails: await debtors.mailDays(who) };
}

it.each([
  ["2028-04-05", ["04-16: 500"], ["04-06: 10000", "04-19: 10500", "05-05: 10500"]],
  ["2028-03-05", ["03-21: 500"], ["03-07: 10000", "03-11: 10000", "03-24: 10500", "04-09: 10500"]],
])(
  "what a second import brings into a released account on %s counts from then where it is overdue",
  async (on, fees, mails) => {
    const [number, email] = [`S-${on}`, `second-${on}@demo.test`];
    await bring(localDate("2028-02-20"), `${number},Lea,${email},1,2028-01-01,2028-12-31,30.00`);
    await releaseImportedAccount({ ctx: at(localDate("2028-03-01")), input: { accountId: await idOf(number) } });
    const day = localDate(on);
    await runCollectionDuties(at(day));
    await bring(day, `${number},Lea,${email},2,2028-02-19,2028-03-10,100.00`);
    expect(await live(number, { email, from: addDays(day, 1) })).toEqual({ fees, mails });
  },
);

it("so it is in an account that no import opened", async () => {
  const [number, email] = ["S-own", "second-own@demo.test"];
  const accounts = [{ number, name: "Lea", email, currency: currency("USD"), zone: "America/New_York" }];
  await createAccounts({ ctx: at(localDate("2028-02-01")), input: { accounts } });
  const day = localDate("2028-04-05");
  await runCollectionDuties(at(day));
  await bring(day, `${number},Lea,${email},2,2028-02-19,2028-03-10,100.00`);
  expect((await live(number, { email, from: day })).mails[0]).toBe("04-06: 10000");
});
