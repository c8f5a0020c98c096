import { describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";

import { guessColumns, type ImportMap, importMapSchema } from "./map.ts";
import { isDateFormat, parseDate } from "./parse-date.ts";
import { parseMinor, parseRow } from "./parse-row.ts";

const map: ImportMap = importMapSchema.parse({
  currency: "USD",
  dateFormat: "M/D/YYYY",
  columns: {
    accountNumber: "Customer",
    invoiceNumber: "Invoice",
    issuedOn: "Date",
    dueOn: "Due",
    amount: "Amount",
    paidOn: "Paid",
    disputed: "Disputed",
    delivery: "Bill",
    email: "Mail",
    currency: "Cur",
  },
});
const good = {
  Customer: "C-1",
  Invoice: "0001",
  Date: "1/2/2013",
  Due: "2/1/2013",
  Amount: "55.94",
  Disputed: "No",
  Bill: "Paper",
};

describe("a row", () => {
  it("is read as the map says, leading zeros kept", () => {
    expect(parseRow(good, map)).toEqual({
      value: expect.objectContaining({
        accountNumber: "C-1",
        invoiceNumber: "0001",
        issuedOn: "2013-01-02",
        dueOn: "2013-02-01",
        amountMinor: "5594",
        disputed: false,
        delivery: "paper",
      }),
    });
  });

  it("without a due date is due after the term", () => {
    expect(parseRow({ ...good, Due: "" }, map)).toMatchObject({ value: { dueOn: "2013-02-01" } });
  });

  it.each([
    [{ Customer: "  " }, { code: "blank", field: "accountNumber" }],
    [{ Invoice: "" }, { code: "blank", field: "invoiceNumber" }],
    [{ Date: "13/45/2013" }, { code: "not_a_date", field: "issuedOn" }],
    [{ Date: "2013-01-02" }, { code: "not_a_date", field: "issuedOn" }],
    [{ Due: "1/1/2013" }, { code: "due_before_issued" }],
    [{ Paid: "1/1/2013" }, { code: "paid_before_issued" }],
    [{ Amount: "12,34" }, { code: "not_an_amount", field: "amount" }],
    [{ Amount: "1e9" }, { code: "not_an_amount", field: "amount" }],
    [{ Amount: "٣٤" }, { code: "not_an_amount", field: "amount" }],
    [{ Amount: "1.005" }, { code: "too_many_decimals", decimals: 2 }],
    [{ Amount: "" }, { code: "blank", field: "amount" }],
    [{ Disputed: "maybe" }, { code: "not_yes_or_no" }],
    [{ Bill: "pigeon" }, { code: "not_a_delivery" }],
    [{ Mail: "not an address" }, { code: "not_an_email" }],
    [{ Cur: "EUR" }, { code: "other_currency", expected: "USD" }],
    [{ Invoice: "x".repeat(65) }, { code: "too_long", most: 64 }],
  ])("with %j is refused", (change, problem) => {
    expect(parseRow({ ...good, ...change }, map)).toMatchObject({ problem });
  });
});

it.each([
  ["1,234.56", ".", "USD", "123456"],
  ["1.234,56", ",", "EUR", "123456"],
  ["-20", ".", "USD", "-2000"],
  ["(20.5)", ".", "USD", "-2050"],
  ["$94", ".", "USD", "9400"],
  ["94.500", ".", "USD", "9450"],
  ["1234", ".", "JPY", "1234"],
  ["1.005", ".", "KWD", "1005"],
  [".5", ".", "USD", "50"],
] as const)("the amount %j is %s minor units", (text, decimal, code, minor) => {
  expect(parseMinor(text, { field: "amount", decimal, currency: currency(code) })).toEqual({ value: minor });
});

it.each([
  ["4/6/2013", "M/D/YYYY", "2013-04-06"],
  ["04/06/2013", "M/D/YYYY", "2013-04-06"],
  ["06.04.2013", "DD.MM.YYYY", "2013-04-06"],
  ["2013-04-06T10:11:12Z", "YYYY-MM-DD", "2013-04-06"],
  ["4/6/2013 12:00:00 AM", "M/D/YYYY", "2013-04-06"],
  ["20130406", "YYYYMMDD", "2013-04-06"],
  ["2/29/2013", "M/D/YYYY", null],
  ["4/6/13", "M/D/YYYY", null],
])("the date %j in %s is %s", (text, format, date) => {
  expect(parseDate(text, format)).toBe(date);
});

it.each([
  ["M/D/YYYY", true],
  ["YYYY-MM-DD", true],
  ["MM/YYYY", false],
  ["", false],
  ["D/D/YYYY", false],
  ["M/D/YYYY hh", false],
])("the format %j is understood: %s", (format, known) => {
  expect(isDateFormat(format)).toBe(known);
});

it("headings of a common ledger export are guessed", () => {
  const headings =
    "countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate,PaperlessBill,DaysToSettle,DaysLate";
  expect(guessColumns(headings.split(","))).toEqual({
    accountNumber: "customerID",
    invoiceNumber: "invoiceNumber",
    issuedOn: "InvoiceDate",
    dueOn: "DueDate",
    amount: "InvoiceAmount",
    disputed: "Disputed",
    paidOn: "SettledDate",
    delivery: "PaperlessBill",
  });
});
