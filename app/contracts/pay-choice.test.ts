import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { currency } from "./currency.ts";
import { typedAmount } from "./parse-amount.ts";

import { notAsked, readChoice, stillTicked } from "./pay-choice.ts";

const USD = currency("USD");
const bills = [
  { invoiceId: "a", payableMinor: 50_00n, mostMinor: 50_00n },
  { invoiceId: "disputed", payableMinor: 0n, mostMinor: 30_00n },
  { invoiceId: "b", payableMinor: 20_00n, mostMinor: 20_00n },
];
const facts = { bills, currency: USD, locale: "en-US" };

describe("the payer's choice", () => {
  it("of bills pays what each asks for; a disputed one what may be paid all the same", () => {
    const read = readChoice({ mode: "bills", invoiceIds: ["a", "disputed"] }, facts);
    expect(read).toMatchObject({ ok: true, amount: { amountMinor: 80_00n } });
  });

  it.each([
    ["10", [["a", 10_00n]], 0n],
    [
      "60.00",
      [
        ["a", 50_00n],
        ["b", 10_00n],
      ],
      0n,
    ],
    [
      "100",
      [
        ["a", 50_00n],
        ["b", 20_00n],
      ],
      30_00n,
    ],
  ] as const)("of %s spreads it oldest first and leaves the disputed part out", (text, parts, credit) => {
    const read = readChoice({ mode: "amount", text }, facts);
    if (!read.ok) throw new Error("refused");
    expect(read.parts.map((part) => [part.invoiceId, part.amountMinor])).toEqual(parts);
    expect(read.credit.amountMinor).toBe(credit);
  });

  it.each([
    ["", "empty"],
    ["abc", "not_a_number"],
    ["-5", "negative"],
    ["0.001", "too_many_decimals"],
    ["1e9", "not_a_number"],
    ["9".repeat(40), "too_large"],
    ["٣٤", "not_a_number"],
    ["1.234", "ambiguous"],
  ])("of %o is refused as %s", (text, reason) => {
    expect(readChoice({ mode: "amount", text }, facts)).toMatchObject({ ok: false, refusal: { reason } });
  });

  it("of a bill may be a part of it; more than it takes is kept as credit", () => {
    const part = readChoice({ mode: "bills", invoiceIds: ["a", "b"], parts: { a: "12.5" } }, facts);
    expect(part).toMatchObject({ ok: true, amount: { amountMinor: 32_50n }, short: true, credit: { amountMinor: 0n } });
    const more = readChoice({ mode: "bills", invoiceIds: ["b"], parts: { b: "25" } }, facts);
    expect(more).toMatchObject({ ok: true, amount: { amountMinor: 25_00n }, credit: { amountMinor: 5_00n } });
  });

  it("of an amount keeps what was typed for a bill and spreads the rest", () => {
    const read = readChoice({ mode: "amount", text: "60", parts: { b: "20", disputed: "5" } }, facts);
    if (!read.ok) throw new Error("refused");
    expect(read.parts).toEqual([
      { invoiceId: "a", amountMinor: 35_00n },
      { invoiceId: "disputed", amountMinor: 5_00n },
      { invoiceId: "b", amountMinor: 20_00n },
    ]);
    expect(read.short).toBe(true);
  });

  it.each([
    [{ a: "70" }, "part.a", "more_than_bill"],
    [{ a: "50", b: "20" }, "amount", "more_than_amount"],
    [{ a: "abc" }, "part.a", "not_a_number"],
    [{ a: "1.234" }, "part.a", "ambiguous"],
  ] as const)("of 60 spread as %o is refused at %s as %s", (parts, field, reason) => {
    const read = readChoice({ mode: "amount", text: "60", parts }, facts);
    if (read.ok) throw new Error("accepted");
    expect(read.problems[field]).toMatchObject({ reason });
  });

  it.each([
    ["USD", "de-DE"],
    ["JPY", "en-US"],
    ["KWD", "en-US"],
    ["KWD", "de-DE"],
  ])("untouched amounts in %s are understood as a reader in %s sees them", (code, locale) => {
    fc.assert(
      fc.property(fc.bigInt(1n, 5_000_000n), (payableMinor) => {
        const here = {
          bills: [{ invoiceId: "a", payableMinor, mostMinor: payableMinor }],
          currency: currency(code),
          locale,
        };
        const shown = typedAmount({ amountMinor: payableMinor, currency: here.currency }, locale);
        const read = readChoice({ mode: "bills", invoiceIds: ["a"], parts: { a: shown } }, here);
        expect(read).toMatchObject({ ok: true, amount: { amountMinor: payableMinor } });
      }),
    );
  });

  it("a bill whose asked part is paid meanwhile is not paid out of its disputed part, unless that was ticked itself", () => {
    const before = [{ invoiceId: "a", payableMinor: 57_73n, mostMinor: 81_73n }];
    const after = [{ invoiceId: "a", payableMinor: 0n, mostMinor: 24_00n }];
    const wanted = notAsked(["a"], before);
    expect(stillTicked({ ticked: ["a"], wanted }, before)).toEqual(["a"]);
    expect(stillTicked({ ticked: ["a"], wanted }, after)).toEqual([]);
    expect(stillTicked({ ticked: ["a"], wanted: notAsked(["a"], after) }, after)).toEqual(["a"]);
  });

  it.each(["USD", "JPY", "KWD"])("always adds up in %s, whatever the bills ask for", (code) => {
    const here = currency(code);
    const bill = fc.record({ payable: fc.bigInt(0n, 90_000n), disputed: fc.bigInt(0n, 9_000n) });
    fc.assert(
      fc.property(fc.array(bill, { minLength: 1, maxLength: 12 }), fc.bigInt(1n, 500_000n), (asked, amountMinor) => {
        const owed = asked.map(({ payable, disputed }, at) => ({
          ...{ invoiceId: String(at), payableMinor: payable, mostMinor: payable + disputed },
        }));
        const text = typedAmount({ amountMinor, currency: here }, "en-US");
        const read = readChoice({ mode: "amount", text }, { bills: owed, currency: here, locale: "en-US" });
        if (!read.ok) throw new Error("refused");
        const sum = read.parts.reduce((total, part) => total + part.amountMinor, read.credit.amountMinor);
        expect([read.amount.amountMinor, sum]).toEqual([amountMinor, amountMinor]);
        for (const { invoiceId, amountMinor: part } of read.parts) {
          expect(part).toBeLessThanOrEqual(owed[Number(invoiceId)]?.payableMinor ?? -1n);
        }
        // Credit is kept only when nothing that is asked for is left.
        const payable = owed.reduce((total, one) => total + one.payableMinor, 0n);
        expect(read.credit.amountMinor).toBe(amountMinor > payable ? amountMinor - payable : 0n);
      }),
    );
  });
});
