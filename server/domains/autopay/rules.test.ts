import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { addDays, localDate, type LocalDate } from "#app/contracts/local-date.ts";
import { FAILURE_CODES, type FailureCode, type RetryAdvice } from "#server/platform/processor.ts";

import {
  draftMayMove,
  draftsToAnnounce,
  expiryOf,
  isNewsOfFailure,
  lastTry,
  nextTry,
  partsToTake,
  trimToGrid,
  type AutopayWish,
  type DraftableBill,
} from "./rules.ts";

const today = localDate("2028-02-20");
const bill = (invoiceId: string, dueOn: string, payableMinor = 100_00n): DraftableBill => ({
  ...{ invoiceId, dueOn: localDate(dueOn), payableMinor },
});
const wish = (more: Partial<AutopayWish> = {}): AutopayWish => ({
  ...{ amountKind: "statement_balance", fixedMinor: null, daysBeforeDue: 0, ...more },
});

describe("draftMayMove", () => {
  const states = ["announced", "in_flight", "paid", "failed", "canceled"] as const;
  const allowed = new Set([
    ...["announced>in_flight", "announced>failed", "announced>canceled", "in_flight>paid", "in_flight>announced"],
    ...["in_flight>failed", "paid>failed", "failed>paid"],
  ]);
  it.each(states.flatMap((from) => states.map((to) => [from, to] as const)))("%s to %s", (from, to) => {
    expect(draftMayMove(from, to)).toBe(allowed.has(`${from}>${to}`));
  });
});

describe("draftsToAnnounce", () => {
  const noticeDays = 10;
  it.each<[string, AutopayWish, DraftableBill[], { draftOn: string; minor: bigint[] }[]]>([
    ["a bill due after the notice's days waits", wish(), [bill("a", "2028-03-02")], []],
    [
      "over 29 February, ten days before",
      wish(),
      [bill("a", "2028-03-01")],
      [{ draftOn: "2028-03-01", minor: [100_00n] }],
    ],
    [
      "a bill due sooner is drafted no sooner",
      wish(),
      [bill("a", "2028-02-22")],
      [{ draftOn: "2028-03-01", minor: [100_00n] }],
    ],
    [
      "days before the due date come off it",
      wish({ daysBeforeDue: 5 }),
      [bill("a", "2028-03-06")],
      [{ draftOn: "2028-03-01", minor: [100_00n] }],
    ],
    ["what asks for nothing is left out", wish(), [bill("a", "2028-02-22", 0n)], []],
    [
      "each bill asks for its own",
      wish(),
      [bill("a", "2028-02-22"), bill("b", "2028-04-22")],
      [{ draftOn: "2028-03-01", minor: [100_00n] }],
    ],
    [
      "the full balance takes the others along",
      wish({ amountKind: "full_balance" }),
      [bill("a", "2028-02-22"), bill("b", "2028-04-22", 7_00n)],
      [{ draftOn: "2028-03-01", minor: [100_00n, 7_00n] }],
    ],
    ["and nothing before one is due", wish({ amountKind: "full_balance" }), [bill("b", "2028-04-22")], []],
    [
      "a fixed amount fills the oldest first",
      wish({ amountKind: "fixed", fixedMinor: 120_00n }),
      [bill("a", "2028-02-22"), bill("b", "2028-02-23"), bill("c", "2028-02-24")],
      [{ draftOn: "2028-03-01", minor: [100_00n, 20_00n] }],
    ],
  ])("%s", (_, of, bills, expected) => {
    const drafts = draftsToAnnounce({ wish: of, bills, today, noticeDays, monthsTaken: new Set() });
    expect(
      drafts.map(({ draftOn, bills: parts }) => ({ draftOn, minor: parts.map((part) => part.announcedMinor) })),
    ).toEqual(expected);
  });

  it("a fixed amount waits for a month that has none", () => {
    const of = {
      wish: wish({ amountKind: "fixed", fixedMinor: 5_00n }),
      bills: [bill("a", "2028-02-22")],
      today,
      noticeDays,
    };
    expect(draftsToAnnounce({ ...of, monthsTaken: new Set(["2028-03"]) })).toEqual([]);
    expect(draftsToAnnounce({ ...of, monthsTaken: new Set(["2028-02"]) })).toHaveLength(1);
  });
});

describe("partsToTake, trimToGrid", () => {
  const amount = fc.bigInt({ min: 0n, max: 1_000_00n });
  const facts = fc.array(fc.record({ announced: amount, payable: amount, own: amount }), { maxLength: 8 });

  it("never takes more of a bill than was announced, nor more than it owes, and nothing of an unknown one", () => {
    fc.assert(
      fc.property(facts, (rows) => {
        const named = rows.map((row, at) => ({ invoiceId: String(at), announcedMinor: row.announced }));
        const known = new Map(
          rows.map((row, at) => [String(at), { payableMinor: row.payable, ownHeldMinor: row.own }]),
        );
        const parts = partsToTake([...named, { invoiceId: "unknown", announcedMinor: 5n }], known);
        for (const { invoiceId, amountMinor } of parts) {
          const row = rows[Number(invoiceId)];
          expect(row).toBeDefined();
          expect(amountMinor > 0n && amountMinor <= (row?.announced ?? 0n)).toBe(true);
          expect(amountMinor <= (row?.payable ?? 0n) + (row?.own ?? 0n)).toBe(true);
        }
      }),
    );
  });

  it("what is left is on the grid, less than a step below, and no part grows or is nothing", () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 500n }), { maxLength: 8 }),
        fc.constantFrom(1n, 10n, 100n),
        (minors, step) => {
          const parts = minors.map((amountMinor, at) => ({ invoiceId: String(at), amountMinor }));
          const [before, trimmed] = [minors.reduce((sum, one) => sum + one, 0n), trimToGrid(parts, step)];
          const after = trimmed.reduce((sum, part) => sum + part.amountMinor, 0n);
          expect(after).toBe(before - (before % step));
          for (const part of trimmed) {
            expect(part.amountMinor > 0n && part.amountMinor <= (minors[Number(part.invoiceId)] ?? 0n)).toBe(true);
          }
        },
      ),
    );
  });
});

describe("nextTry", () => {
  const failure = (code: FailureCode, declineCode: string | null = null, advice: RetryAdvice | null = null) => ({
    ...{ code, declineCode, advice },
  });
  it.each([
    ["a plain decline", "card", failure("card_declined", "generic_decline"), 1, "2028-02-21"],
    ["the third", "card", failure("card_declined", "generic_decline"), 3, "2028-02-25"],
    ["the fourth is the last", "card", failure("card_declined", "generic_decline"), 4, null],
    ["a bank that will not honor it", "card", failure("card_declined", "do_not_honor"), 1, "2028-02-21"],
    ["a card that is not to be tried again", "card", failure("card_declined", "do_not_try_again"), 1, null],
    ["an expired card", "card", failure("expired_card", "expired_card"), 1, null],
    ["a card to be kept by who sees it", "card", failure("card_declined", "pickup_card"), 1, null],
    ["missing funds", "card", failure("insufficient_funds", null, "try_again_later"), 2, "2028-02-23"],
    ["a stolen card, by the bank's word", "card", failure("card_declined", "stolen_card"), 1, null],
    ["an unknown word, advised against", "card", failure("card_declined", "new_word", "do_not_try_again"), 1, null],
    ["data to confirm", "card", failure("card_declined", null, "confirm_card_data"), 1, null],
    ["authentication asked for", "card", failure("authentication_failed", "authentication_required"), 1, null],
    ["a debit for missing funds", "bank_debit", failure("insufficient_funds"), 1, "2028-02-24"],
    ["once more", "bank_debit", failure("insufficient_funds"), 2, "2028-02-27"],
    ["and no more", "bank_debit", failure("insufficient_funds"), 3, null],
    ["a debit nobody authorised", "bank_debit", failure("debit_not_authorized"), 1, null],
  ] as const)("%s", (_, kind, of, attempts, expected) => {
    expect(nextTry({ kind, failure: of, attempts, today })).toBe(expected);
  });

  it.each([
    ["card", 1, "2028-02-29"],
    ["card", 2, "2028-02-26"],
    ["card", 3, "2028-02-21"],
    ["bank_debit", 1, "2028-02-28"],
    ["bank_debit", 2, "2028-02-21"],
  ] as const)("a %s that failed %i times is tried until %s at the latest", (kind, attempts, last) => {
    expect(lastTry(kind, { attempts, tryOn: addDays(today, 1) })).toBe(last);
  });

  it.each([
    ["first", "2028-02-21", true],
    ["another", "2028-02-21", false],
    ["another", null, true],
    ["first", null, true],
  ])("the %s try from a card, tried again on %s: worth a mail is %s", (which, tryOn, told) => {
    const of = { firstOfMethod: which === "first", tryOn: tryOn === null ? null : localDate(tryOn) };
    expect(isNewsOfFailure(of)).toBe(told);
  });

  it("ends after 4 attempts, also where another card or bank account is chosen between them", () => {
    const kinds = fc.array(fc.constantFrom("card" as const, "bank_debit" as const), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(kinds, (chosen) => {
        const over = chosen.findIndex(
          (kind, at) => nextTry({ kind, failure: failure("insufficient_funds"), attempts: at + 1, today }) === null,
        );
        expect(over).toBeLessThan(4);
      }),
    );
  });

  it("ends, within 10 days and 4 attempts of a card, 3 of a debit in 14, whatever the failures are", () => {
    const failures = fc.array(fc.constantFrom(...FAILURE_CODES), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom("card" as const, "bank_debit" as const), failures, (kind, codes) => {
        let [day, attempts]: [LocalDate, number] = [today, 1];
        for (const code of codes) {
          const next = nextTry({ kind, failure: failure(code), attempts, today: day });
          if (next === null) break;
          expect(next > day).toBe(true);
          day = next;
          attempts += 1;
        }
        expect(attempts).toBeLessThanOrEqual(kind === "card" ? 4 : 3);
        expect(day <= addDays(today, kind === "card" ? 10 : 14)).toBe(true);
      }),
    );
  });
});

it.each([
  [2028, 2, "2028-02-29"],
  [2027, 2, "2027-02-28"],
  [2027, 12, "2027-12-31"],
])("a card of %i-%i can be charged until %s", (year, month, last) => {
  expect(expiryOf(year, month)).toBe(last);
});
