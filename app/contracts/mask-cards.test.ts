import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { holdsCardNumber, maskCardNumbers } from "./mask-cards.ts";

describe("a card's number", () => {
  it.each([
    ["My card is 4242424242424242, please take it", "My card is •••• 4242, please take it"],
    ["4242 4242 4242 4242", "•••• 4242"],
    ["4242-4242-4242-4242 exp 12/34", "•••• 4242 exp 12/34"],
    ["4242.4242.4242.4242", "•••• 4242"],
    ["4242\n4242\n4242\n4242", "•••• 4242"],
    ["4242 – 4242 – 4242 – 4242", "•••• 4242"],
    ["4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2", "•••• 4242"],
    ["42 42 42 42 42 42 42 42", "•••• 4242"],
    ["3782 822463 10005", "•••• 0005"],
    ["3056 9309 0259 04", "•••• 5904"],
    ["4222222222222", "•••• 2222"],
    ["2223003122003222 and 6011111111111117", "•••• 3222 and •••• 1117"],
    ["Visa:4242424242424242.", "Visa:•••• 4242."],
    ["4242 4242 4242 4242 12 34 123", "•••• 4242 12 34 123"],
    ["4242424242424242/1234", "•••• 4242/1234"],
    ["4242424242424242 cvc 123", "•••• 4242 cvc •••"],
    ["4242424242424242, CVV: 1234", "•••• 4242, CVV •••"],
    ["the security code is 123, card 4242424242424242", "the security code •••, card •••• 4242"],
    ["４２４２４２４２４２４２４２４２", "•••• 4242"],
    ["٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢", "•••• 4242"],
    ["४२४२४२४२४२४२४२४२", "•••• 4242"],
    ["since 2026 4242 4242 4242 4242", "since 2026 •••• 4242"],
    ["DE12 4242 4242 4242 4242", "DE12 •••• 4242"],
    ["first 4242424242424242 then 5555 5555 5555 4444", "first •••• 4242 then •••• 4444"],
  ])("%j is kept as %j", (typed, kept) => {
    expect(maskCardNumbers(typed)).toBe(kept);
    expect(holdsCardNumber(typed)).toBe(true);
    expect(maskCardNumbers(kept)).toBe(kept);
  });

  it("is found wherever it stands, in any usual grouping", () => {
    const numbers = ["4242424242424242", "5555555555554444", "378282246310005", "6011111111111117", "3530111333300000"];
    const words = fc.array(fc.constantFrom("please", "take", "bill", "INV-10423", "$42.10", "Nov 3,", "and"), {
      maxLength: 6,
    });
    const grouped = fc
      .tuple(fc.constantFrom(...numbers), fc.constantFrom("", " ", "-", ".", "\u00a0"), fc.constantFrom(3, 4, 5, 6))
      .map(([number, by, size]) => (number.match(new RegExp(`.{1,${String(size)}}`, "g")) ?? []).join(by));
    fc.assert(
      fc.property(words, grouped, words, (before, number, after) => {
        const kept = maskCardNumbers([...before, number, ...after].join(" "));
        expect(kept.replace(/\D/g, "")).not.toContain(number.replace(/\D/g, "").slice(0, 12));
        expect(kept).toContain(`•••• ${number.replace(/\D/g, "").slice(-4)}`);
      }),
    );
  });
});

describe("what is no card's number stays as it was written", () => {
  it.each([
    "4242 4242 4242 4241 fails its check digit",
    "My account is 1000-20034-7, the meter 004212345678",
    "Call me at +1 (207) 555-0142 or 207-555-0199",
    "act_01hv4242424242424242424242",
    "0199f7a2-4242-7424-8242-424242424242",
    "Readings: 4012 4056 4101",
    "2026-11-03 and 2026-11-27, $1,234.56 and $42.10",
    "DE89 3704 0044 0532 0130 00",
    "0000 0000 0000 0000",
    "the code is cvc 123",
    "1Z999AA10123456784",
  ])("%s", (text) => {
    expect(maskCardNumbers(text)).toBe(text);
    expect(holdsCardNumber(text)).toBe(false);
  });

  it("less than one in a thousand of ordinary messages with numbers is mistaken", () => {
    const random = seeded(20261128);
    const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join("");
    const makers: (() => string)[] = [
      () => `I paid $${digits(3)}.${digits(2)} on ${digits(2)}/${digits(2)}/2026 for INV-1${digits(4)}`,
      () => `Please call (${digits(3)}) ${digits(3)}-${digits(4)} or ${digits(3)}-${digits(3)}-${digits(4)}`,
      () => `Account ${digits(10)}, meter ${digits(8)}, reading ${digits(6)} on 2026-11-${digits(2)}`,
      () => `My check number is ${digits(4)}, routing ${digits(9)}, account ${digits(10)}`,
      () => `Readings were ${digits(5)}, ${digits(5)}, ${digits(5)} and ${digits(5)}.`,
      () =>
        `Amounts: ${digits(2)}.${digits(2)} ${digits(2)}.${digits(2)} ${digits(2)}.${digits(2)} ${digits(2)}.${digits(2)}`,
      () => `The order is 112-${digits(7)}-${digits(7)}`,
      () => `UPS 1Z${digits(6)}${digits(10)}, USPS 9400 1000 ${digits(4)} ${digits(4)} ${digits(4)} ${digits(2)}`,
      () => `From my account ${iban(`DE`, digits(18))}`,
      () => `Case ${digits(8)}-${digits(4)}, ${digits(4)} Main Street, zip 0${digits(4)}, since 20${digits(2)}`,
    ];
    const messages = Array.from({ length: 20_000 }, (_, at) => makers[at % makers.length]?.() ?? "");
    const mistaken = messages.filter(holdsCardNumber);
    expect(mistaken.length / messages.length).toBeLessThanOrEqual(0.001);
  });

  it.each(["4 ", "4242 ", "4", "4-. ", "4242424242424241", "AB12 "])(
    "a text of nothing but %j is soon looked through (S51)",
    (part) => {
      expect(maskCardNumbers(part.repeat(10_000 / part.length)).length).toBeLessThanOrEqual(10_000);
    },
  );
});

/** With the check digits that a bank would give it. */
function iban(country: string, account: string): string {
  const rest = BigInt(`${account}${[...country].map((sign) => String(Number.parseInt(sign, 36))).join("")}00`) % 97n;
  const whole = `${country}${String(98n - rest).padStart(2, "0")}${account}`;
  return (whole.match(/.{1,4}/g) ?? []).join(" ");
}

/** Mulberry32: the same messages in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
