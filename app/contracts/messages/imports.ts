import { isolated } from "../isolated.ts";
import { parseCurrency } from "../currency.ts";
import { money, toDecimal } from "../money.ts";

/** What may be wrong with a row or a bill of an imported file; the facts as the domain `imports` reports them. */
export type ImportProblemFacts =
  | { code: "blank"; field: string }
  | { code: "not_a_date"; field: string; text: string; format: string }
  | { code: "not_an_amount"; field: string; text: string }
  | { code: "too_many_decimals"; field: string; text: string; decimals: number }
  | { code: "not_yes_or_no"; field: string; text: string }
  | { code: "not_a_delivery"; field: string; text: string }
  | { code: "not_an_email"; field: string; text: string }
  | { code: "other_currency"; text: string; expected: string }
  | { code: "too_long"; field: string; most: number }
  | { code: "due_before_issued"; issuedOn: string; dueOn: string }
  | { code: "paid_before_issued"; issuedOn: string; paidOn: string }
  | { code: "columns_differ"; expected: number; found: number }
  | { code: "rows_disagree"; field: string; first: string; other: string }
  | { code: "invoice_twice"; firstLine: number }
  | { code: "lines_differ_from_amount"; amountMinor: bigint | string; sumMinor: bigint | string }
  | { code: "bad_row_of_same_invoice"; badLine: number }
  | { code: "changed"; field: string; old: string; new: string }
  | { code: "account_currency"; expected: string }
  | { code: "credit_note_exists_as_bill" };

/** Why a whole file could not be read. */
export type ImportFileFacts =
  | { reason: "empty_file" }
  | { reason: "missing_columns"; missing: readonly string[]; headings: readonly string[] }
  | { reason: "heading_twice"; heading: string }
  | { reason: "not_csv"; line: number; what: "quote_not_closed" | "quote_inside" | "record_too_long" | "other" }
  | { reason: "not_utf8" };

/** Our fields in words for people. */
export const IMPORT_FIELD_NAMES: Record<string, string> = {
  accountNumber: "account number",
  accountName: "account name",
  email: "e-mail",
  postalCode: "postal code",
  invoiceNumber: "invoice number",
  issuedOn: "issue date",
  dueOn: "due date",
  amount: "amount",
  tax: "tax",
  currency: "currency",
  paidOn: "paid-on date",
  disputed: "disputed",
  delivery: "delivery",
  lineDescription: "line description",
  lineQuantity: "line quantity",
  lineUnitPrice: "line unit price",
  lineTax: "line tax",
};

const nameOf = (field: string): string => IMPORT_FIELD_NAMES[field] ?? field;

/** The reason a row is bad, as one sentence without its line. `currencyCode` is the map's. */
export function importProblemText(problem: ImportProblemFacts, currencyCode: string): string {
  switch (problem.code) {
    case "blank":
      return `The ${nameOf(problem.field)} is blank.`;
    case "not_a_date":
      return `The ${nameOf(problem.field)} “${isolated(problem.text)}” is not a date written as ${problem.format}.`;
    case "not_an_amount":
      return `The ${nameOf(problem.field)} “${isolated(problem.text)}” is not an amount.`;
    case "too_many_decimals":
      return `The ${nameOf(problem.field)} “${isolated(problem.text)}” has more than ${String(problem.decimals)} decimals.`;
    case "not_yes_or_no":
      return `“${isolated(problem.text)}” in ${nameOf(problem.field)} is neither yes nor no.`;
    case "not_a_delivery":
      return `The delivery “${isolated(problem.text)}” is neither paper nor electronic.`;
    case "not_an_email":
      return `“${isolated(problem.text)}” is not an e-mail address.`;
    case "other_currency":
      return `The currency is ${problem.text}, but this import is in ${problem.expected}.`;
    case "too_long":
      return `The ${nameOf(problem.field)} is longer than ${String(problem.most)} characters.`;
    case "due_before_issued":
      return `The due date ${problem.dueOn} is before the issue date ${problem.issuedOn}.`;
    case "paid_before_issued":
      return `The paid-on date ${problem.paidOn} is before the issue date ${problem.issuedOn}.`;
    case "columns_differ":
      return `The row has ${String(problem.found)} columns, the heading has ${String(problem.expected)}.`;
    default:
      return billProblemText(problem, currencyCode);
  }
}

type BillFacts = Extract<
  ImportProblemFacts,
  {
    code:
      | "rows_disagree"
      | "invoice_twice"
      | "lines_differ_from_amount"
      | "bad_row_of_same_invoice"
      | "changed"
      | "account_currency"
      | "credit_note_exists_as_bill";
  }
>;

function billProblemText(problem: BillFacts, code: string): string {
  switch (problem.code) {
    case "rows_disagree":
      return `Rows of this invoice disagree about the ${nameOf(problem.field)}: ${problem.first} and ${problem.other}.`;
    case "invoice_twice":
      return `This account has the same invoice number on line ${String(problem.firstLine)} already.`;
    case "lines_differ_from_amount":
      return `The lines add up to ${inUnits(problem.sumMinor, code)}, the amount says ${inUnits(problem.amountMinor, code)}.`;
    case "bad_row_of_same_invoice":
      return `Another row of this invoice is bad, see line ${String(problem.badLine)}.`;
    case "changed": {
      const [old, now] = [problem.old, problem.new].map((text) =>
        problem.field === "amount" ? inUnits(text, code) : text,
      );
      return `The books have this invoice with the ${nameOf(problem.field)} ${String(old)}; the file says ${String(now)}.`;
    }
    case "account_currency":
      return `The account is kept in ${problem.expected}, this import is in ${code}.`;
    case "credit_note_exists_as_bill":
      return "The books have this number as the other kind: a bill is no credit note.";
  }
}

function inUnits(minor: bigint | string, code: string): string {
  const unit = parseCurrency(code);
  return unit === null ? String(minor) : `${toDecimal(money(BigInt(minor), unit))} ${code}`;
}

const NOT_CSV: Record<Extract<ImportFileFacts, { reason: "not_csv" }>["what"], string> = {
  quote_not_closed: "a quotation mark is opened and never closed",
  quote_inside: "a quotation mark stands in the middle of a field",
  record_too_long: "the row is longer than a megabyte",
  other: "the row cannot be read",
};

/** Why nothing of the file could be read, and what to do, in one or two sentences. */
export function importFileText(refusal: ImportFileFacts): string {
  switch (refusal.reason) {
    case "empty_file":
      return "The file is empty. Its first row must name the columns.";
    case "missing_columns":
      return `The file has no column ${quoted(refusal.missing)}. Its columns are ${quoted(refusal.headings)}.`;
    case "heading_twice":
      return `The file has the column “${isolated(refusal.heading)}” twice. Rename one of them.`;
    case "not_csv":
      return `This is not a CSV file we can read: on line ${String(refusal.line)} ${NOT_CSV[refusal.what]}.`;
    case "not_utf8":
      return "The file is not in UTF-8. Save it as “CSV UTF-8” and try again.";
  }
}

const TIMES = ["", "", "twice ", "three times "];

/** That an import stopped before its end, what is in the books of it, and what to do. */
export function importStoppedText({ times, posted, byCommand }: StoppedFacts): string {
  const count = posted.toLocaleString("en-US");
  return [
    `It stopped ${TIMES[times] ?? ""}before its end.`,
    posted === 0
      ? "Nothing was posted."
      : `${count} ${posted === 1 ? "bill of the file is" : "bills of the file are"} in the books.`,
    `Start it again${byCommand ? " with npm run import" : ""}: what is already in is not taken twice.`,
  ].join(" ");
}

type StoppedFacts = { times: number; posted: number; byCommand: boolean };

const quoted = (names: readonly string[]): string => names.map((name) => `“${isolated(name)}”`).join(", ");
