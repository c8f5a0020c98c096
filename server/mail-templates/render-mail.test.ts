import { expect, test } from "vitest";

import { createTestDatabase } from "#db/testing/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { renderMail } from "./index.ts";
import { SAMPLE_MAILS } from "./sample-mails.ts";

const { db } = await createTestDatabase();
const ctx = testCtx(db, { publicUrl: "https://pay.example.com" });

test.each(SAMPLE_MAILS.map((mail) => [mail.kind, mail] as const))(
  "%s is complete as text, without pictures",
  async (_, mail) => {
    const { subject, html, plain } = await renderMail(ctx, mail);
    expect(subject).not.toMatch(/undefined|null|\[object|\n/);
    expect(subject.length).toBeLessThanOrEqual(78);
    expect(html).not.toMatch(/<img|<script|undefined|\[object/i);
    expect(plain).not.toMatch(/undefined|\[object|<\w/);
    const path = "path" in mail.data ? mail.data.path : "paymentPath" in mail.data ? mail.data.paymentPath : "";
    expect(plain).toContain(path === "" ? "--" : `https://pay.example.com${path}`);
    expect(html).toContain(path === "" ? "<h1" : `href="https://pay.example.com${path}"`);
  },
);

test("what people write cannot become markup", async () => {
  const { html } = await renderMail(ctx, {
    kind: "invite",
    data: { accountNumber: "1", accountName: `<a href="https://evil.example">x</a>`, path: "/invite/x", days: 14 },
  });
  expect(html).not.toContain('evil.example"');
});

test("amounts are exact beyond what a float holds", async () => {
  const big = { amountMinor: "900719925474099301", currency: "USD" };
  const { plain } = await renderMail(ctx, {
    kind: "payment_processing",
    data: { paymentPath: "/payments/1", amount: big, method: "Checking", accountNumber: "1", expectedOn: "2026-11-27" },
  });
  expect(plain).toContain("$9,007,199,254,740,993.01");
});
