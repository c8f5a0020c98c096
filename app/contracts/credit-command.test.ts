import { describe, expect, it } from "vitest";

import { readCreditCommand } from "./credit-command.ts";
import { currency } from "./currency.ts";

const facts = { currency: currency("USD"), locale: "en-US", bills: ["INV-10042", "INV-10043"] };

describe("the credit command", () => {
  it.each([
    ["hello", null],
    ["/creditor", null],
    ["/credit", { amount: null, amountRefusal: { reason: "empty" } }],
    ["/credit 12.50", { amount: { amountMinor: 1250n }, reason: null, bill: null, note: "" }],
    [
      "/credit 12.50 service issue INV-10042 for the outage",
      {
        amount: { amountMinor: 1250n },
        kind: "goodwill",
        reason: "service_issue",
        bill: "INV-10042",
        note: "for the outage",
      },
    ],
    ["/credit $5 billed wrong inv-10043", { amount: { amountMinor: 500n }, reason: "billed_wrong", bill: "INV-10043" }],
    ["/credit 25 late fee on INV-10043", { reason: "late_fee", kind: "goodwill", bill: "INV-10043", note: "" }],
    ["/credit 5 credit note wrong INV-10043", { kind: "credit_note", reason: "billed_wrong" }],
    ["/credit 5 INV-99999 sorry", { bill: null, note: "INV-99999 sorry" }],
    ["/credit 1.234 goodwill", { amount: null, amountRefusal: { reason: "ambiguous" }, reason: "goodwill" }],
    ["/credit -5 goodwill", { amount: null, amountRefusal: { reason: "negative" } }],
    ["/CREDIT 3 late fee", { amount: { amountMinor: 300n }, reason: "late_fee" }],
  ])("%s", (text, expected) => {
    const read = readCreditCommand(text, facts);
    if (expected === null) expect(read).toBeNull();
    else expect(read).toMatchObject(expected);
  });
});
