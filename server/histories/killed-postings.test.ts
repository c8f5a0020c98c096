import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import fc from "fast-check";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { issueInvoice } from "#server/domains/invoices/index.ts";
import { recordManualPayment } from "#server/domains/payments/index.ts";
import { proveBooks } from "#server/domains/reconciliation/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { type Asked, type Booked, inputOf, type Posting } from "./posting-protocol.ts";

/** POSTING_SEED kills the very statements that failed. */
const seed = Number(process.env["POSTING_SEED"] ?? Date.now());

const PROGRAM = fileURLToPath(new URL("posting-process.ts", import.meta.url));
const PROCESSES = 8;
const POSTINGS = 25;
const NOTHING = "100.00 open, 0 payments, 0 journals";
const ALL = "40.00 open, 1 payments, 1 journals";
let t: TestDatabase;

beforeAll(async () => {
  t = await createTestDatabase();
});
afterAll(() => t.drop());

const ctx = () => testCtx(t.db);

/** So many accounts with a bill of 100.00 each. */
async function owing(): Promise<Posting[]> {
  const names = Array.from({ length: POSTINGS }, () => crypto.randomUUID().slice(0, 13));
  const accounts = names.map((number) => ({
    number,
    name: "Ada",
    email: null,
    currency: currency("USD"),
    zone: "UTC",
  }));
  const { value } = await createAccounts({ ctx: ctx(), input: { accounts } });
  const dates = { issuedOn: localDate("2026-11-01"), dueOn: localDate("2026-11-22") };
  const lines = [{ description: "Water", unitPrice: "100.00" }];
  return Promise.all(
    value.map(async ({ id: accountId }) => {
      const issued = await issueInvoice({
        ctx: ctx(),
        input: { accountId, ...dates, lines, idempotencyKey: accountId },
      });
      if (!issued.ok) throw new Error(issued.reason);
      return { accountId, invoiceId: issued.value.invoiceId };
    }),
  );
}

/** What stands of a posting: what its bill has open, its payments, its journals. */
async function standing({ accountId, invoiceId }: Posting): Promise<string> {
  const [row] = await t.db.execute<{ text: string }>(sql`
    select (select (open_minor / 100.0)::numeric(10, 2) from invoices where id = ${invoiceId}::uuid) || ' open, ' ||
      (select count(*) from payments where account_id = ${accountId}::uuid) || ' payments, ' ||
      (select count(*) from journals j join payments p on p.action_id = j.action_id where p.account_id = ${accountId}::uuid)
      || ' journals' as text`);
  return row?.text ?? "";
}

const raise = async (): Promise<ChildProcess> => {
  const child = fork(PROGRAM, [t.url], { execArgv: ["--import", "./db/preload.js"] });
  await heard(child, "ready");
  return child;
};

const heard = (child: ChildProcess, word: string): Promise<void> =>
  new Promise((resolve, reject) => {
    child.on("message", (said) => said === word && resolve());
    child.once("exit", (code, signal) => reject(new Error(`a process ended: ${String(signal ?? code)}`)));
  });

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await new Promise((gone) => child.once("exit", gone));
}

/** How many statements a process sends for all of its postings. */
async function usualStatements(): Promise<number> {
  const child = await raise();
  child.send({ postings: await owing(), dieAt: null } satisfies Asked);
  const [{ statements }] = (await once(child, "message")) as [Booked];
  child.disconnect();
  await ended(child);
  return statements;
}

it(
  "200 postings whose process is killed at a random statement: each is all there or not at all, and sent again it is all there, once (R8)",
  { timeout: 240_000 },
  async () => {
    const usual = await usualStatements();
    // One dies before anything is written and one before the last COMMIT, the others somewhere between.
    const between = fc.sample(fc.integer({ min: 2, max: usual - 1 }), { numRuns: PROCESSES - 2, seed });
    const seen: string[] = [];
    let next = raise();
    for (const [at, dieAt] of [1, ...between, usual].entries()) {
      const [child, postings] = await Promise.all([next, owing()]);
      // Where one dies the next is ready.
      if (at + 1 < PROCESSES) next = raise();
      child.send({ postings, dieAt } satisfies Asked);
      await ended(child);
      // The database still finishes what had reached it; then its lines are gone.
      await expect.poll(() => linesOfDead(child.pid ?? 0)).toBe(0);
      const left = await Promise.all(postings.map(standing));
      seen.push(...left);
      for (const one of left) expect([NOTHING, ALL], `seed ${String(seed)}`).toContain(one);
      for (const posting of postings) {
        expect((await recordManualPayment({ ctx: ctx(), input: inputOf(posting) })).ok, `seed ${String(seed)}`).toBe(
          true,
        );
        expect(await standing(posting), `seed ${String(seed)}`).toBe(ALL);
      }
    }
    expect(seen).toHaveLength(PROCESSES * POSTINGS);
    expect(new Set(seen), `seed ${String(seed)}: killed before and after the commit`).toEqual(new Set([NOTHING, ALL]));
    const { checks } = await proveBooks({ ctx: ctx(), input: { asOf: null } });
    expect(checks.filter((check) => !check.ok)).toEqual([]);
  },
);

const linesOfDead = async (pid: number): Promise<number> => {
  const [row] = await t.adminSql<{ n: number }[]>`
    select count(*)::int as n from pg_stat_activity where application_name = ${`postings ${String(pid)}`}`;
  return row?.n ?? 0;
};
