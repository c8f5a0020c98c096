import { afterAll, beforeAll, expect, test } from "vitest";

import { localDate } from "#app/contracts/local-date.ts";
import { createTestDatabase } from "#db/testing/index.ts";
import { withTransaction } from "#db/transaction.ts";

import { doDuty } from "./index.ts";

const notice = { duty: "autopay.notice", subjectId: "one", day: localDate("2026-11-23") } as const;
let t: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => void (t = await createTestDatabase()));
afterAll(() => t.drop());

test("a duty is done once per subject and day, whoever comes at the same time", async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => withTransaction(t.db, (tx) => doDuty(tx, notice))));
  expect(answers.filter(Boolean)).toHaveLength(1);
  const others = [
    { ...notice, subjectId: "two" },
    { ...notice, day: localDate("2026-11-24") },
    { ...notice, duty: "autopay.draft" as const },
  ];
  for (const other of others) expect(await withTransaction(t.db, (tx) => doDuty(tx, other))).toBe(true);
});

test("a duty whose work failed is found again", async () => {
  const failing = { ...notice, subjectId: "failing" };
  const attempt = withTransaction(t.db, async (tx) => {
    await doDuty(tx, failing);
    throw new Error("the work failed");
  });
  await expect(attempt).rejects.toThrow("the work failed");
  expect(await withTransaction(t.db, (tx) => doDuty(tx, failing))).toBe(true);
});
