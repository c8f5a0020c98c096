import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { addDays, localDate } from "#app/contracts/local-date.ts";

import { foreseeDrafts, type ForeseenDraft } from "./foresee-rules.ts";
import { type AutopayWish, type DraftableBill } from "./rules.ts";

const today = localDate("2028-02-20");
const bill = (invoiceId: string, dueOn: string, payableMinor = 100_00n): DraftableBill => ({
  ...{ invoiceId, dueOn: localDate(dueOn), payableMinor },
});
const wish = (more: Partial<AutopayWish> = {}): AutopayWish => ({
  ...{ amountKind: "statement_balance", fixedMinor: null, daysBeforeDue: 0, ...more },
});
const fixed = (fixedMinor: bigint) => wish({ amountKind: "fixed", fixedMinor });
const draft = (draftOn: string, ...bills: [string, bigint][]): ForeseenDraft => ({
  draftOn: localDate(draftOn),
  bills: bills.map(([invoiceId, announcedMinor]) => ({ invoiceId, announcedMinor })),
});

type Given = {
  wish: AutopayWish;
  bills: DraftableBill[];
  standing?: ForeseenDraft[];
  givenUp?: string[];
  until?: string;
};
const foresee = ({ standing = [], givenUp = [], until = "2028-04-30", ...given }: Given) =>
  foreseeDrafts({
    ...{ ...given, standing, givenUp: new Set(givenUp), monthsTaken: new Set<string>(), today, noticeDays: 10 },
    ...{ until: localDate(until), chargeable: (parts) => parts },
  });

describe("foreseeDrafts", () => {
  it.each<[string, Given, ForeseenDraft[]]>([
    [
      "a bill due in a month is taken on its day",
      { wish: wish(), bills: [bill("a", "2028-03-20")] },
      [draft("2028-03-20", ["a", 100_00n])],
    ],
    [
      "five days before it, where that was wished",
      { wish: wish({ daysBeforeDue: 5 }), bills: [bill("a", "2028-03-20")] },
      [draft("2028-03-15", ["a", 100_00n])],
    ],
    [
      "one due too soon for its notice is taken after it",
      { wish: wish(), bills: [bill("a", "2028-02-25")], until: "2028-02-25" },
      [draft("2028-03-01", ["a", 100_00n])],
    ],
    [
      "the full balance takes it along with the one that is due first",
      {
        wish: wish({ amountKind: "full_balance" }),
        bills: [bill("a", "2028-03-10", 7_00n), bill("b", "2028-03-20")],
      },
      [draft("2028-03-10", ["a", 7_00n], ["b", 100_00n])],
    ],
    [
      "a fixed amount takes a part of it each month",
      { wish: fixed(25_00n), bills: [bill("a", "2028-04-12")], until: "2028-06-12" },
      [draft("2028-04-12", ["a", 25_00n]), draft("2028-05-01", ["a", 25_00n]), draft("2028-06-01", ["a", 25_00n])],
    ],
    [
      "a fixed amount pays the older ones first",
      { wish: fixed(120_00n), bills: [bill("a", "2028-03-05"), bill("b", "2028-03-06", 30_00n)], until: "2028-03-06" },
      [draft("2028-03-05", ["a", 100_00n])],
    ],
    [
      "what waits for its day already is not announced twice, and its rest is the next one's",
      { wish: fixed(60_00n), bills: [bill("a", "2028-02-22")], standing: [draft("2028-02-28", ["a", 60_00n])] },
      [draft("2028-03-09", ["a", 40_00n])],
    ],
    ["one that was given up stays so", { wish: wish(), bills: [bill("a", "2028-03-20")], givenUp: ["a"] }, []],
    [
      "due after what is looked at: not yet",
      { wish: wish(), bills: [bill("a", "2028-05-20")], until: "2028-03-20" },
      [],
    ],
  ])("%s", (_, given, expected) => {
    expect(foresee(given)).toEqual(expected);
  });

  it("what the processor cannot charge is not foreseen", () => {
    const of = { wish: wish(), bills: [bill("a", "2028-03-20", 30n)], standing: [], givenUp: new Set<string>() };
    const rest = { monthsTaken: new Set<string>(), today, until: localDate("2028-03-20"), noticeDays: 10 };
    expect(foreseeDrafts({ ...of, ...rest, chargeable: () => [] })).toEqual([]);
  });

  it("never foresees more of a bill than it asks for, nor a day without its notice", () => {
    const bills = fc.array(
      fc.record({ days: fc.integer({ min: -20, max: 60 }), payable: fc.bigInt({ min: 0n, max: 500_00n }) }),
      { maxLength: 5 },
    );
    const wishes = fc.constantFrom(wish(), wish({ amountKind: "full_balance" }), fixed(70_00n));
    fc.assert(
      fc.property(bills, wishes, (rows, of) => {
        const owed = rows.map(({ days, payable }, at) => bill(String(at), addDays(today, days), payable));
        const drafts = foresee({ wish: of, bills: owed });
        for (const { invoiceId, payableMinor } of owed) {
          const parts = drafts.flatMap((one) => one.bills.filter((part) => part.invoiceId === invoiceId));
          const takenMinor = parts.reduce((sum, part) => sum + part.announcedMinor, 0n);
          expect(takenMinor <= payableMinor).toBe(true);
        }
        expect(drafts.every(({ draftOn }) => draftOn >= addDays(today, 10))).toBe(true);
      }),
    );
  });
});
