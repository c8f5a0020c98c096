import { expect, test } from "vitest";

import { business } from "#db/schema/index.ts";
import { createTestDatabase } from "#db/testing/index.ts";
import { type BillAutopay } from "#server/domains/notifications/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { renderMail } from "./index.ts";
import { DARK_CLASSES } from "./mail-styles.ts";
import { SAMPLE_DATA, SAMPLE_MAILS } from "./sample-mails.ts";

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

test.each(SAMPLE_MAILS.map((mail) => [mail.kind, mail] as const))(
  "%s has no colour that dark leaves",
  async (_, mail) => {
    const { html } = await renderMail(ctx, { ...mail, stopPath: "/unsubscribe/x" });
    const coloured = [...html.matchAll(/<(\w+)([^>]*style="[^"]*(?:color|background)[^"]*"[^>]*)>/g)];
    expect(coloured.length).toBeGreaterThan(3);
    for (const [, tag, attributes = ""] of coloured) {
      const classes = /class="([^"]*)"/.exec(attributes)?.[1]?.split(" ") ?? [];
      expect(DARK_CLASSES, `${tag ?? ""} ${attributes}`).toEqual(expect.arrayContaining(classes.slice(0, 1)));
      expect(classes.length, `${tag ?? ""} ${attributes}`).toBeGreaterThan(0);
    }
  },
);

test("a refund of a check does not go back to the check", async () => {
  const { refund_sent: data } = SAMPLE_DATA;
  const mail = { kind: "refund_sent" as const, data: { ...data, method: "Check 2210", byHand: true } };
  const { subject, plain } = await renderMail(ctx, mail);
  expect(subject).toBe("Your refund of $30.00");
  expect(plain).not.toContain("goes back to");
  expect(plain).toContain(
    "You made the payment with Check 2210, for account 4410-223, so we pay this out to you ourselves.",
  );
});

const HEBREW = /[\u0590-\u05ff]/;
/** Every name and every typed word of a mail, as somebody has them whose writing runs from right to left. */
const inHebrew = (facts: unknown, key = ""): unknown => {
  if (typeof facts === "string")
    return /^(name|accountName|from|note|reason|why|said)$/.test(key) ? "שרה כהן 3" : facts;
  if (Array.isArray(facts)) return facts.map((one) => inHebrew(one, key));
  if (typeof facts !== "object" || facts === null) return facts;
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, inHebrew(value, name)]));
};

test.each(SAMPLE_MAILS.map((mail) => [mail.kind, mail] as const))(
  "%s isolates names that run from right to left",
  async (_, mail) => {
    await db.update(business).set({ name: "מים 7", legalName: "חברת המים 7" });
    const { subject, html, plain } = await renderMail(ctx, inHebrew(mail) as typeof mail);
    const alone = /^(> )?(\u2068.*\u2069|שרה כהן 3|מים 7|חברת המים 7)$/;
    const inside = html.replace(/<head>.*<\/head>/s, "").split(/<[^>]*>/);
    for (const text of [subject, ...inside, ...plain.split("\n")]) {
      if (alone.test(text)) continue;
      expect(text.replace(/\u2068[^\u2069]*\u2069/g, "")).not.toMatch(HEBREW);
    }
  },
);

test("a mail has one title, its subject, and speaks the biller's language in its whole body", async () => {
  const { html, subject } = await renderMail(ctx, { kind: "new_reply", data: { path: "/messages", from: "Sam" } });
  expect([...html.matchAll(/<title>([^<]*)/g)].map(([, title]) => title)).toEqual([subject]);
  expect([...html.matchAll(/lang="([^"]*)"/g)].map(([, lang]) => lang)).toEqual(["en-US"]);
});

test("a mail that one press may not stop says where its reader chooses, in both its forms", async () => {
  const mail = { kind: "new_reply", data: { path: "/messages", from: "Sam" } } as const;
  const [stop, choose, always] = await Promise.all([
    renderMail(ctx, { ...mail, stopPath: "/unsubscribe/x" }),
    renderMail(ctx, { ...mail, choosePath: "/settings/notices" }),
    renderMail(ctx, mail),
  ]);
  for (const form of ["html", "plain"] as const) {
    expect(stop[form]).toContain("https://pay.example.com/unsubscribe/x");
    expect(choose[form]).toContain("https://pay.example.com/settings/notices");
    expect(always[form]).not.toMatch(/unsubscribe|settings/);
  }
});

test("a statement that closes in credit says so, without a minus", async () => {
  const data = { accountNumber: "1", fromOn: "2026-10-01", toOn: "2026-10-31", path: "/statements" };
  const closing = { amountMinor: "-1250", currency: "USD" };
  const { plain } = await renderMail(ctx, { kind: "statement_ready", data: { ...data, closing } });
  expect(plain).toContain("\n$12.50\n\nThis much credit");
});

test("a number is not broken at its hyphen, and copied as it is", async () => {
  const { html, plain } = await renderMail(ctx, { kind: "refund_sent", data: SAMPLE_DATA.refund_sent });
  expect(html).toContain('for account <span style="white-space:nowrap">4410-223');
  expect(plain).toContain("for account 4410-223");
});

test("what people write cannot become markup", async () => {
  const { html } = await renderMail(ctx, {
    kind: "invite",
    data: { accountNumber: "1", accountName: `<a href="https://evil.example">x</a>`, path: "/invite/x", days: 14 },
  });
  expect(html).not.toContain('evil.example"');
});

test("what somebody wrote is quoted word for word, in both forms, and is never markup", async () => {
  const said = ["Dear Ana,\n\n<img src=x onerror=alert(1)> & see <a href='https://evil.example'>this</a>", "Sam"];
  const data = { path: "/messages/C-1", from: "Sam", said, more: 3 };
  const { html, plain } = await renderMail(ctx, { kind: "new_reply", data });
  expect(plain).toContain("> Dear Ana,\n> \n> <img src=x onerror=alert(1)> & see");
  expect(plain).toContain("> Sam\n\nRead and answer:\nhttps://pay.example.com/messages/C-1\n\n3 more messages");
  expect(html).toMatch(/Dear Ana,<br\/?><br\/?>&lt;img src=x onerror=alert\(1\)&gt; &amp; see/);
  expect(html).not.toMatch(/<img|<a href='/);
});

test("amounts are exact beyond what a float holds", async () => {
  const big = { amountMinor: "900719925474099301", currency: "USD" };
  const { plain } = await renderMail(ctx, {
    kind: "payment_processing",
    data: { paymentPath: "/payments/1", amount: big, method: "Checking", accountNumber: "1", expectedOn: "2026-11-27" },
  });
  expect(plain).toContain("$9,007,199,254,740,993.01");
});

const usd = (cents: number) => ({ amountMinor: String(cents), currency: "USD" });
const owed = (dueOn: string, cents: number) => ({ number: "INV-1", dueOn, left: usd(cents), path: "/p/x" });

test.each([
  ["all late", { late: true }, [owed("2026-11-20", 6000)], "$60.00 is past due"],
  ["none late", { late: false }, [owed("2026-12-09", 12000)], "A reminder: $120.00 is due Wed, Dec 9"],
  [
    "none late, several days",
    { late: false },
    [owed("2026-12-11", 100), owed("2026-12-09", 12000)],
    "A reminder: $121.00 is due from Wed, Dec 9 on",
  ],
  [
    "some late",
    { late: true, pastDue: usd(6000) },
    [owed("2026-11-20", 6000), owed("2026-12-09", 12000)],
    "$60.00 is past due, and $120.00 comes due",
  ],
])("a reminder calls past due what is, and no more: %s", async (_, late, bills, subject) => {
  const total = usd(bills.reduce((sum, { left }) => sum + Number(left.amountMinor), 0));
  const data = { accountNumber: "40-1042", path: "/pay", total, bills, ...late };
  const mail = await renderMail(ctx, { kind: "reminder", data });
  expect(mail.subject).toBe(subject);
  expect(mail.plain.includes("This is past due\n")).toBe(subject === "$60.00 is past due");
});

test.each([
  [[owed("2026-11-20", 6000), { ...owed("2026-12-04", 120), number: "INV-9", feeFor: "INV-1" }], "$61.20 is past due"],
  [[{ ...owed("2026-12-04", 120), number: "INV-9", feeFor: "INV-1" }], "A late fee of $1.20 is past due"],
])("a reminder names a late fee and the bill it is for", async (bills, subject) => {
  const total = usd(bills.reduce((sum, { left }) => sum + Number(left.amountMinor), 0));
  const data = { accountNumber: "40-1042", path: "/pay", total, bills, late: true };
  const mail = await renderMail(ctx, { kind: "reminder", data });
  expect([mail.subject, mail.plain]).toEqual([subject, expect.stringContaining("Late fee INV-9 for bill INV-1, due")]);
});

test("a late fee's mail says for what it is, before its day", async () => {
  const why = "Bill INV-1 was due on Nov 20, 2026. This fee is on the $60.00 of it that stayed unpaid.";
  const days = { issuedOn: "2026-12-06", dueOn: "2026-12-20", amount: usd(90), total: usd(90) };
  const data = { number: "INV-9", kind: "late_fee" as const, accountNumber: "40-1042", path: "/p/x", ...days, why };
  expect((await renderMail(ctx, { kind: "bill_issued", data })).plain).toMatch(
    /stayed unpaid[^]*Please pay by Sun, Dec 20/,
  );
});

const newBill = (autopay: Partial<BillAutopay> | null) => ({
  ...{ number: "INV-9", kind: "bill" as const, accountNumber: "40-1042", path: "/p/x" },
  ...{ issuedOn: "2026-11-06", dueOn: "2026-11-27", amount: usd(11210), total: usd(11210) },
  ...(autopay === null
    ? {}
    : {
        autopay: {
          ...{ paused: false, method: "Visa ··4242", expiresOn: null, lastFailed: false, most: null, credit: null },
          ...{ takes: [{ on: "2026-11-27", amount: usd(11210), total: usd(11210) }], rest: null, ...autopay },
        },
      }),
});

test.each<[string, Partial<BillAutopay> | null, string, (string | RegExp)[]]>([
  ["no autopay", null, "$112.10, due Fri, Nov 27", ["Please pay by Fri, Nov 27.", "See and pay $112.10:"]],
  [
    "autopay takes it",
    {},
    "$112.10, autopay on Fri, Nov 27",
    [
      "Autopay takes $112.10 on Fri, Nov 27 from Visa ··4242. There is nothing to do.",
      "Change or stop autopay: Visa ··4242\nhttps://pay.example.com/autopay",
      "What you pay before autopay's day is not taken again.",
      "See the bill, or pay it earlier:",
    ],
  ],
  [
    "with the other bills",
    { takes: [{ on: "2026-11-27", amount: usd(11210), total: usd(15210) }] },
    "$112.10, autopay on Fri, Nov 27",
    ["With your other bills that is $152.10 that day"],
  ],
  [
    "after its due date",
    { takes: [{ on: "2026-12-02", amount: usd(11210), total: usd(11210) }] },
    "$112.10, autopay on Wed, Dec 2",
    [/after its due date.*no late fee/],
  ],
  [
    "a fixed amount that covers a part",
    { most: usd(2500), takes: [{ on: "2026-11-20", amount: usd(2500), total: usd(2500) }], rest: usd(8710) },
    "$112.10, due Fri, Nov 27",
    [
      "Autopay takes $25.00 of it on Fri, Nov 20 from Visa ··4242.\n",
      "Please pay the other $87.10 by Fri, Nov 27. Autopay takes at most $25.00 a month.",
      "See and pay $87.10:",
    ],
  ],
  [
    "a fixed amount that older bills use up",
    { most: usd(2500), takes: [], rest: usd(11210) },
    "$112.10, due Fri, Nov 27",
    ["takes nothing of it before its due date. It takes older bills first.", "Please pay $112.10 by Fri, Nov 27."],
  ],
  [
    "credit pays a part",
    { takes: [{ on: "2026-11-27", amount: usd(10000), total: usd(10000) }], credit: usd(1210) },
    "$112.10, autopay on Fri, Nov 27",
    ["Autopay takes $100.00 of it on Fri, Nov 27", "Your credit pays $12.10 of it."],
  ],
  [
    "paused",
    { paused: true, takes: [], rest: usd(11210) },
    "$112.10, due Fri, Nov 27",
    ["Autopay is paused, so it does not take this one. Please pay $112.10 by Fri, Nov 27, or go on with autopay."],
  ],
  [
    "given up",
    { takes: [], rest: usd(11210), lastFailed: true },
    "$112.10, due Fri, Nov 27",
    ["Autopay takes nothing of it", "Please pay $112.10 by Fri, Nov 27."],
  ],
  [
    "the one before did not go through",
    { lastFailed: true },
    "$112.10, autopay on Fri, Nov 27",
    ["The last payment by autopay did not go through. Please make sure that Visa ··4242 works."],
  ],
  [
    "a card that expires before",
    { expiresOn: "2026-11-30", takes: [{ on: "2026-12-02", amount: usd(11210), total: usd(11210) }] },
    "$112.10, due Fri, Nov 27",
    [
      "Autopay would take it on Wed, Dec 2, but Visa ··4242 works only until Nov 30, 2026.",
      "Choose another card or bank account: Visa ··4242\nhttps://pay.example.com/autopay",
    ],
  ],
])("a new bill's mail asks for what autopay does not pay, and for no more: %s", async (_, autopay, subject, says) => {
  const mail = await renderMail(ctx, { kind: "bill_issued", data: newBill(autopay) });
  expect(mail.subject.endsWith(subject)).toBe(true);
  for (const words of says) expect(mail.plain).toMatch(words);
  for (const form of [mail.plain, mail.html]) expect(/Please pay|or pay by/.test(form)).toBe(subject.includes("due"));
});

test("the notice of a draft from a card that expires before says so, and leads to choosing another one", async () => {
  const notice = {
    ...{ amount: usd(13220), draftOn: "2026-12-04", method: "Visa ··4242", accountNumber: "40-1042", bills: [] },
    ...{ source: "autopay" as const, path: "/autopay?step=wish", expiresOn: "2026-11-30" },
  };
  const { subject, plain } = await renderMail(ctx, { kind: "draft_notice", data: notice });
  expect(subject).toBe("Visa ··4242 expires before $132.20 is due on Fri, Dec 4");
  expect(plain).toContain("By then that card has expired: it works until Nov 30, 2026.");
  expect(plain).toContain("Choose another card:\nhttps://pay.example.com/autopay?step=wish");
  expect(plain).not.toContain("we take");
});

test.each([
  [
    "the first try",
    { retryOn: "2026-12-05", lastOn: "2026-12-13", tries: 1 },
    /again on Sat, Dec 5, and if need be until Sun, Dec 13/,
  ],
  [
    "the first try from another card",
    { retryOn: "2026-12-05", lastOn: "2026-12-13", tries: 2, chosenSince: true, changePath: "/autopay?step=wish" },
    /No\.[^]*first try from what you chose after the one before it had failed[^]*again on Sat, Dec 5[^]*Choose another card or bank account: instead of Visa ··4242[^]*autopay\?step=wish/,
  ],
  ["the last but one", { retryOn: "2026-12-05", lastOn: "2026-12-05", tries: 1 }, /again on Sat, Dec 5\./],
  ["the last", { retryOn: null, tries: 4 }, /We tried it 4 times.*[^]*We will not try it again/],
  ["one that is never tried again", { retryOn: null, tries: 1 }, /Nothing was taken[^]*We will not try it again/],
])("a draft that failed: %s", async (_, more, words) => {
  const data = { amount: usd(100), method: "Visa ··4242", accountNumber: "1", why: "No.", path: "/pay", ...more };
  expect((await renderMail(ctx, { kind: "draft_failed", data })).plain).toMatch(words);
});

test("a missed instalment's mail says until when it can be paid and what becomes of it then", async () => {
  const missed = { accountNumber: "1", path: "/plans/x", amount: usd(3000), dueOn: "2026-12-31", payBy: "2027-01-10" };
  const told = async (more: object) =>
    (await renderMail(ctx, { kind: "plan_missed", data: { ...missed, why: "No.", method: "Visa ··4242", ...more } }))
      .plain;
  expect(await told({ retryOn: "2027-01-01", lastOn: "2027-01-09", otherwise: "moves" })).toMatch(
    /again on Fri, Jan 1, and if need be until Sat, Jan 9\.[^]*not paid by Sun, Jan 10, it becomes part of your last/,
  );
  expect(await told({ retryOn: null, otherwise: "ends" })).toMatch(
    /Please pay it by Sun, Jan 10\. We will not try it again[^]*not paid by Sun, Jan 10, your plan ends/,
  );
});

test.each([
  [0, "No other one can be moved"],
  [1, "One more can be moved like this"],
])(
  "the mail of an instalment that moved says the new last amount and day, and that %i more may",
  async (mayMove, says) => {
    const left = [
      { on: "2027-02-28", amount: usd(3000) },
      { on: "2027-03-31", amount: usd(6000) },
    ];
    const data = { accountNumber: "1", path: "/plans/x", amount: usd(3000), dueOn: "2027-01-31", left, mayMove };
    const of = { ...data, payBy: "2027-03-10", method: "Visa ··4242" };
    const { plain, subject } = await renderMail(ctx, { kind: "plan_moved", data: of });
    expect(subject).toBe("Your missed instalment of $30.00 was moved to the end");
    expect(plain).toContain("Your last instalment is now\n\n$60.00\n");
    expect(plain).toContain("so it is part of the last one now: $60.00 on Mar 31, 2027.");
    expect(plain).toMatch(
      /on its day from Visa ··4242; the next one, \$30\.00, on Sun, Feb 28[^]*please pay it by Wed, Mar 10\./,
    );
    expect(plain).toContain(says);
  },
);
