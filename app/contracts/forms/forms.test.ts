import { describe, expect, it } from "vitest";

import { currency } from "../currency.ts";
import { accountForm } from "./account.ts";
import { businessForm, businessValues } from "./business.ts";
import { creditLimitsForm } from "./policies.ts";

const business = {
  ...{ name: "Harbor Water", zone: "America/New_York", currency: "usd", locale: "en-US", paymentTermDays: "30" },
  version: "2",
};

describe("the business form", () => {
  it("reads what businessValues shows", () => {
    const address = { line1: "1 Quay Road", city: "Larkhaven", postalCode: "04841", country: "us" };
    const read = businessForm.parse({ ...business, ...address });
    expect(read).toMatchObject({ expectedVersion: 2, draft: { currency: "USD", address: { country: "US" } } });
    expect(businessForm.parse(businessValues(read.draft, 2))).toEqual(read);
  });

  it.each([
    ["name", "  ", "Enter the name"],
    ["currency", "XXY", "Enter a currency"],
    ["paymentTermDays", "1e2", "Enter a number of days"],
    ["paymentTermDays", "366", "Enter a number of days"],
    ["supportEmail", "nobody", "Enter an e-mail address"],
    ["senderName", 'A "B" <c@d.e>', "without quotation marks"],
    ["city", "Larkhaven", "Enter the street"],
  ])("says what is wrong with %s = %j", (field, text, sentence) => {
    const issues = businessForm.safeParse({ ...business, [field]: text }).error?.issues ?? [];
    expect(issues.map((issue) => issue.message).join(" ")).toContain(sentence);
  });
});

describe("the account form", () => {
  const account = { name: "Ana", zone: "UTC", locale: "en-US", delivery: "paper", version: "1" };

  it("keeps a postal code that stands alone: it proves a claim", () => {
    const { changes } = accountForm.parse({ ...account, postalCode: " 04841 " });
    expect(changes).toMatchObject({ postalCode: "04841", address: null, email: null });
  });

  it("asks for the country by its letters, not for a shorter word", () => {
    const whole = { ...account, line1: "1 Quay Road", city: "Larkhaven", postalCode: "04841", country: "USA" };
    const issues = accountForm.safeParse(whole).error?.issues ?? [];
    expect(issues).toMatchObject([{ path: ["country"], message: "Enter the country by its two letters, such as US." }]);
  });
});

describe("credit limits", () => {
  const form = creditLimitsForm({ currency: currency("USD"), locale: "en-US" });
  const whole = {
    ...{ "rep.action": "50", "rep.day": "1,250.50", "supervisor.action": "0", "supervisor.day": "0" },
    ...{ "admin.action": "", "admin.day": "", reason: "season", version: "0" },
  };

  it("are amounts, none at all, or no limit", () => {
    expect(form.parse(whole).body).toEqual({
      rep: { perActionMinor: 50_00n, perDayMinor: 1_250_50n },
      supervisor: { perActionMinor: 0n, perDayMinor: 0n },
      admin: { perActionMinor: null, perDayMinor: null },
    });
  });

  it.each(["abc", "-5", "0.001", "1e9", "9".repeat(40), "٤٢", "1.234"])("are not %j", (text) => {
    const issues = form.safeParse({ ...whole, "rep.action": text }).error?.issues ?? [];
    expect(issues.map((issue) => issue.path[0])).toEqual(["rep.action"]);
  });
});
