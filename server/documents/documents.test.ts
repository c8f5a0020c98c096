import { inflateSync } from "node:zlib";

import { PDFiumLibrary } from "@hyzyla/pdfium";
import readQr from "jsqr";
import { describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";

import { type BillData, createDocuments, type ReceiptData } from "./index.ts";

const documents = createDocuments();

const USD = currency("USD");
const usd = (minor: bigint) => money(minor, USD);

const frame = {
  biller: {
    name: "Harbor Water",
    legalName: "Harbor Water District",
    address: ["12 Quay Street", "Portland, ME 04101"],
    phone: null,
    email: "billing@harbor.test",
    logo: null,
  },
  billed: { name: "Ana Ruiz", accountNumber: "44109", address: ["1 Harbor Road"] },
  locale: "en-US",
  printedOn: localDate("2026-11-23"),
};

function billOf(lineCount: number, parts: Partial<BillData> = {}): BillData {
  return {
    ...frame,
    number: "INV-10028",
    title: "Bill",
    issuedOn: localDate("2026-10-14"),
    dueOn: localDate("2026-11-07"),
    currency: USD,
    lines: Array.from({ length: lineCount }, (_, at) => ({
      description: `Meter ${1000 + at}`,
      explanation: null,
      quantity: "9.25",
      unit: "CCF",
      unitPrice: "0.1325",
      amountMinor: 123n,
      taxMinor: 6n,
    })),
    sums: [
      { label: "Total", amount: usd(25_800n) },
      { label: "Left to pay", amount: usd(23_456n), strong: true },
    ],
    hero: { label: "Left to pay", amount: usd(23_456n), sentence: null },
    memo: null,
    terms: null,
    payAt: null,
    ...parts,
  };
}

/** Its picture is cut off in the middle. */
const BROKEN_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mM0MDD4DwACzAFe0iNEIwAAAABJRU5ErkJggg==";
/** One red pixel. */
const DOT_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const receipt: ReceiptData = {
  ...frame,
  number: "pay_0000000001",
  amount: usd(15_000n),
  state: "Paid",
  sentence: null,
  paidOn: localDate("2026-11-23"),
  method: "Visa ··4242",
  fee: null,
  bills: [{ number: "INV-10028", paid: usd(14_000n), left: usd(9_456n) }],
  toCredit: usd(1000n),
  sentBack: [],
};

describe("a bill as PDF", () => {
  it("carries its pay link as a code that a camera reads, and as a line that can be typed", async () => {
    const payAt = "https://pay.harbor-water.example/p/AZ2kX0r9cYKf3m7Q1v5WtgbN8hJ6sLpEoUiDzRxCq4A";
    const bytes = await documents.bill(billOf(3, { payAt }));
    expect(await readCode(bytes)).toBe(payAt);
    expect(readPages(bytes).join("").replace(/\s/g, "")).toContain(payAt);
  });

  it("that asks for nothing carries no code", async () => {
    expect(await readCode(await documents.bill(billOf(3)))).toBe(null);
  });

  it("of 200 lines has every line, its head on each page, numbered pages and its totals", async () => {
    const pages = readPages(await documents.bill(billOf(200)));
    const text = pages.join("\n");
    expect(pages.length).toBeGreaterThan(3);
    for (const number of [1000, 1100, 1199]) expect(text).toContain(`Meter ${number}`);
    expect(text).toContain("9.25 CCF × $0.1325");
    expect(text.match(/Quantity and price/g)).toHaveLength(pages.length);
    pages.forEach((page, at) => expect(page).toContain(`Page ${at + 1} of ${pages.length}`));
    expect(pages.at(-1)).toContain("$258.00");
    expect(pages.at(-1)).toContain("$234.56");
  });

  it("keeps the words and numbers around a name that runs from right to left in their order", async () => {
    const parts = { biller: { ...frame.biller, legalName: "מים 7" }, billed: { ...frame.billed, name: "שרה 3" } };
    const [page = ""] = readPages(await documents.bill(billOf(1, parts)));
    // As it is drawn, from left to right: the name turned within itself, and nothing after it.
    expect(page).toContain("7 םימ · Bill INV-10028");
    expect(page).toContain("3 הרש");
  });

  it("carries the biller's logo", async () => {
    const bill = billOf(1, { biller: { ...frame.biller, logo: Buffer.from(DOT_PNG, "base64") } });
    const pdf = await documents.bill(bill);
    expect(pdf.toString("latin1")).toContain("/Subtype /Image");
  });

  it("that cannot be made fails alone: the next one is made", async () => {
    const broken = billOf(1, { biller: { ...frame.biller, logo: Buffer.from(BROKEN_PNG, "base64") } });
    await expect(documents.bill(broken)).rejects.toThrow(/document/);
    const pages = readPages(await documents.bill(billOf(1)));
    expect(pages).toHaveLength(1);
  });

  it("tells the amount first", async () => {
    const [page = ""] = readPages(await documents.bill(billOf(2)));
    expect(page.indexOf("$234.56")).toBeLessThan(page.indexOf("Meter 1000"));
  });

  it.each(["Łukasz Żółć", "Ọládélé", "Владимир", "Ελένη", "陈美", "かおる", "한국수도", "ศิริพร", "অর্ণব"])(
    "draws a name in its own script: %s",
    async (name) => {
      const bill = billOf(1, { billed: { ...frame.billed, name } });
      const [page = ""] = readPages(await documents.bill(bill));
      const drawn = new Set(page.normalize("NFC"));
      // Marks may be drawn within the glyph of their letter, which then carries both.
      expect([...name.normalize("NFC")].filter((char) => !drawn.has(char) && !/\p{M}/u.test(char))).toEqual([]);
    },
  );
});

describe("a receipt as PDF", () => {
  it("tells what was paid with what, what each bill still owes, and what became credit", async () => {
    const [page = ""] = readPages(await documents.receipt(receipt));
    for (const words of ["$150.00", "Visa ··4242", "INV-10028", "$140.00", "$94.56", "$10.00", "Nov 23, 2026"])
      expect(page).toContain(words);
  });

  it("tells what was sent back since, and what is left after that", async () => {
    const back = [usd(3_500n), usd(500n)].map((amount) => ({ on: localDate("2026-12-01"), amount }));
    const [page = ""] = readPages(await documents.receipt({ ...receipt, sentBack: back }));
    for (const words of ["Sent back on Dec 1, 2026", "$35.00", "$5.00", "Left after that", "$110.00"])
      expect(page).toContain(words);
  });
});

/** The text of each page, as far as the embedded fonts say what their glyphs mean: what a reader could copy. */
function readPages(pdf: Buffer): string[] {
  const objects = readObjects(pdf);
  const fonts = new Map<string, Map<string, string>>();
  for (const { head } of objects.values())
    for (const [, name = "", id = ""] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.head ?? "")?.[1] ?? "";
      fonts.set(name, readMeanings(objects.get(unicode)?.body ?? ""));
    }
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head));
  return pages.map(({ head }) =>
    readText(objects.get(/\/Contents (\d+) 0 R/.exec(head)?.[1] ?? "")?.body ?? "", fonts),
  );
}

function readObjects(pdf: Buffer): Map<string, { head: string; body: string }> {
  const text = pdf.toString("latin1");
  const objects = new Map<string, { head: string; body: string }>();
  for (const match of text.matchAll(/(\d+) 0 obj\n([\s\S]*?)(?:\nstream\n([\s\S]*?)\nendstream)?\nendobj/g)) {
    const [, id = "", head = "", stream] = match;
    const deflated = stream !== undefined && head.includes("FlateDecode") && !head.includes("/Subtype");
    const body = deflated ? inflateSync(Buffer.from(stream, "latin1")).toString("latin1") : "";
    objects.set(id, { head, body });
  }
  return objects;
}

/** What each glyph of a font means, from its ToUnicode map: ranges that list their characters. */
function readMeanings(map: string): Map<string, string> {
  const meanings = new Map<string, string>();
  for (const [, first = "", list = ""] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi))
    [...list.matchAll(/<([0-9a-f ]+)>/gi)].forEach(([, hex = ""], at) => {
      const glyph = (Number.parseInt(first, 16) + at).toString(16).padStart(4, "0");
      meanings.set(glyph, Buffer.from(hex.replaceAll(" ", ""), "hex").swap16().toString("utf16le"));
    });
  return meanings;
}

function readText(content: string, fonts: Map<string, Map<string, string>>): string {
  let font: Map<string, string> | undefined;
  let text = "";
  for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = fonts.get(name);
    for (const [, hex = ""] of (shown ?? "").matchAll(/<([0-9a-f]+)>/gi))
      for (const glyph of hex.match(/.{4}/g) ?? []) text += font?.get(glyph.toLowerCase()) ?? "?";
  }
  return text;
}

/** What a phone would read off the first page, printed at 144 dots per inch. */
async function readCode(pdf: Buffer): Promise<string | null> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(pdf);
    const { data, width, height } = await document.getPage(0).render({ scale: 2, render: "bitmap" });
    document.destroy();
    return readQr(new Uint8ClampedArray(data), width, height)?.data ?? null;
  } finally {
    library.destroy();
  }
}
