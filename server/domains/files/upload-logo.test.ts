import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { findBusiness, saveBusiness, setLogo } from "#server/domains/business/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { findLogo, uploadLogo } from "./index.ts";

let t: TestDatabase;
let ctx: Ctx;
beforeAll(async () => {
  t = await createTestDatabase();
  ctx = testCtx(t.db);
});
afterAll(() => t.drop());

const picture = (width: number) =>
  sharp({ create: { width, height: 40, channels: 3, background: { r: 0, g: 120, b: 90 } } })
    .jpeg()
    .toBuffer();
const upload = async (bytes: Buffer) => uploadLogo({ ctx, input: { name: "logo.jpg", bytes } });

it("waits for set-up", async () => {
  expect(await upload(await picture(100))).toEqual({ ok: false, reason: "not_set_up" });
  expect(await findLogo(ctx)).toBeNull();
});

it("is a small PNG, whatever came, and leaves the version of the other facts alone", async () => {
  const facts = { name: "Harbor", zone: "UTC", currency: currency("USD"), locale: "en-US", paymentTermDays: 30 };
  const rest = { legalName: null, address: null, phone: null, supportEmail: null, terms: null };
  const draft = { ...facts, ...rest, senderName: null, senderEmail: null };
  await saveBusiness({ ctx, input: { draft, expectedVersion: 0 } });
  expect(await upload(await picture(2_000))).toEqual({ ok: true, value: null });
  const logo = await findLogo(ctx);
  expect(await sharp(logo ?? Buffer.alloc(0)).metadata()).toMatchObject({ format: "png", width: 512 });
  expect((await findBusiness(t.db))?.version).toBe(1);
});

it.each([
  ["a PDF", Buffer.from("%PDF-1.4\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n"), "type_not_accepted"],
  ["text", Buffer.from("hello"), "type_not_accepted"],
  ["nothing", Buffer.alloc(0), "empty_file"],
])("is not %s", async (_name, bytes, reason) => {
  expect(await upload(bytes)).toMatchObject({ ok: false, reason });
});

it("is taken down again by an admin, not by a rep", async () => {
  const actor = { kind: "staff", loginId: crypto.randomUUID(), name: "R", email: "r@x.test", locale: "en-US" } as const;
  const rep = testCtx(t.db, { actor: { ...actor, role: "rep" } });
  await expect(setLogo({ ctx: rep, input: { fileId: null } })).rejects.toMatchObject({ code: "forbidden" });
  await setLogo({ ctx, input: { fileId: null } });
  expect(await findLogo(ctx)).toBeNull();
});
