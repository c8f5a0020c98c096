import { randomUUID } from "node:crypto";

import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { accounts, files } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { storeUpload } from "./index.ts";
import { ACCOUNT_QUOTA_BYTES } from "./rules.ts";

let t: TestDatabase;
beforeAll(async () => {
  t = await createTestDatabase();
});
afterAll(() => t.drop());

it("of eight uploads at once that would each fill the quota one is kept, and nothing of the others stays (S34)", async () => {
  const values = { number: "F-1", name: "Ada", currency: currency("USD"), zone: "UTC" };
  const [account] = await t.db.insert(accounts).values(values).returning();
  const accountId = account?.id ?? "";
  const background = { r: 1, g: 2, b: 3 };
  const bytes = await sharp({ create: { width: 60, height: 60, channels: 3, background } })
    .png()
    .toBuffer();
  // Room for one of them and not for two.
  const byteSize = ACCOUNT_QUOTA_BYTES - bytes.length - 10;
  const before = { name: "before.png", mediaType: "image/png", sha256: "0".repeat(64), storageKey: "before" };
  await t.db.insert(files).values({ accountId, byteSize, ...before });
  const kept = new Set<string>();
  // Nobody's bytes are stored before those of all eight are on their way: none can have counted another's row.
  let letAllOn = () => undefined as void;
  const allCame = new Promise<void>((resolve) => (letAllOn = resolve));
  const ctx = testCtx(t.db, {
    files: {
      put: (key) => {
        if (kept.add(key).size === 8) letAllOn();
        return allCame;
      },
      get: () => Promise.reject(new Error("not asked for")),
      remove: (key) => Promise.resolve(void kept.delete(key)),
    },
  });
  const upload = () => storeUpload({ ctx, input: { accountId, name: "a.png", bytes } });
  const stored = await Promise.all(Array.from({ length: 8 }, upload));
  expect(stored.filter(({ ok }) => ok)).toHaveLength(1);
  expect(stored.flatMap((one) => (one.ok ? [] : [one.reason]))).toEqual(Array(7).fill("quota_used_up"));
  const rows = await t.db.select().from(files).where(eq(files.accountId, accountId));
  expect(rows.reduce((sum, row) => sum + row.byteSize, 0)).toBeLessThanOrEqual(ACCOUNT_QUOTA_BYTES);
  expect(kept.size).toBe(1);
});

describe("whatever fails, nothing is kept (S35)", () => {
  const kept = new Set<string>();
  const store = {
    put: (key: string) => Promise.resolve(void kept.add(key)),
    get: () => Promise.reject(new Error("not asked for")),
    remove: (key: string) => Promise.resolve(void kept.delete(key)),
  };
  const full = { ...store, put: () => Promise.reject(new Error("no space left on the disk")) };

  it.each([
    ["the disk", full, true],
    ["the database, after the bytes are stored", store, false],
  ])("%s", async (_name, fileStore, isThere) => {
    const values = { number: randomUUID(), name: "Ada", currency: currency("USD"), zone: "UTC" };
    const [account] = await t.db.insert(accounts).values(values).returning();
    const bytes = await sharp({ create: { width: 2, height: 2, channels: 3, background: "white" } })
      .png()
      .toBuffer();
    const accountId = isThere ? (account?.id ?? "") : randomUUID();
    const before = await t.db.$count(files);
    await expect(
      storeUpload({ ctx: testCtx(t.db, { files: fileStore }), input: { accountId, name: "a.png", bytes } }),
    ).rejects.toThrow();
    expect([await t.db.$count(files), kept.size]).toEqual([before, 0]);
  });
});
