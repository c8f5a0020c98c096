import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { createLogger } from "#server/platform/logger.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { createJobs } from "./create-jobs.ts";

let t: TestDatabase;
beforeAll(async () => {
  t = await createTestDatabase();
});
afterAll(() => t.drop());

it("a job that fails is logged with what PostgreSQL said, without its payload or a value of its statement (S65)", async () => {
  const lines: string[] = [];
  const log = createLogger({ level: "info", destination: { write: (line: string) => void lines.push(line) } });
  const ctx = testCtx(t.db, { log });
  const jobs = createJobs({ sql: t.sql, adminUrl: t.adminUrl, log, makeCtx: () => ctx });
  jobs.register("spoiled", async () => {
    await ctx.db.execute(sql`select ${"secret-value"}::uuid`);
  });
  await jobs.start();
  await jobs.add("spoiled", { to: "secret-payload" });
  await expect.poll(() => lines.length, { timeout: 20_000 }).toBeGreaterThan(0);
  await jobs.stop();
  const told = lines.join("");
  expect(told).toContain('"code":"22P02"');
  expect(told).toMatch(/Failed task \d+ \(spoiled/);
  expect(told).not.toMatch(/secret-(?:value|payload)/);
});
