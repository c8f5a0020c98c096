import { currency, type Currency, exponentOf, parseCurrency } from "#app/contracts/currency.ts";
import { addDays, type LocalDate } from "#app/contracts/local-date.ts";

import { type ImportField, type ImportMap } from "./map.ts";
import { parseDate } from "./parse-date.ts";

/** One row as we understand it; amounts as decimal text of minor units, so that it fits jsonb exactly. */
export type ParsedRow = {
  accountNumber: string;
  invoiceNumber: string;
  accountName: string | null;
  email: string | null;
  postalCode: string | null;
  delivery: "paper" | "electronic" | null;
  issuedOn: LocalDate;
  dueOn: LocalDate;
  paidOn: LocalDate | null;
  disputed: boolean;
  amountMinor: string | null;
  taxMinor: string | null;
  line: { description: string; quantity: string; unitPrice: string; taxMinor: string } | null;
};

/** Why a row cannot be used; the sentence is made from it where people read it. */
export type RowProblem =
  | { code: "blank"; field: ImportField }
  | { code: "not_a_date"; field: ImportField; text: string; format: string }
  | { code: "not_an_amount"; field: ImportField; text: string }
  | { code: "too_many_decimals"; field: ImportField; text: string; decimals: number }
  | { code: "not_yes_or_no"; field: ImportField; text: string }
  | { code: "not_a_delivery"; field: ImportField; text: string }
  | { code: "not_an_email"; field: ImportField; text: string }
  | { code: "other_currency"; text: string; expected: string }
  | { code: "too_long"; field: ImportField; most: number }
  | { code: "due_before_issued"; issuedOn: LocalDate; dueOn: LocalDate }
  | { code: "paid_before_issued"; issuedOn: LocalDate; paidOn: LocalDate };

type Row = Readonly<Record<string, string | undefined>>;
type Parsed<T> = { value: T } | { problem: RowProblem };

const MAX_MINOR = 99_999_999_999n;

/** Reads one row of the file. The first problem found is the one reported: a person mends one thing at a time. */
export function parseRow(row: Row, map: ImportMap): Parsed<ParsedRow> {
  const unit = currency(map.currency);
  const text = (field: ImportField): string => {
    const heading = map.columns[field];
    return heading === undefined ? "" : (row[heading] ?? "").trim();
  };
  const problem = checkTexts(text, unit);
  if (problem) return { problem };
  const dates = readDates(text, map);
  if ("problem" in dates) return dates;
  const amounts = readAmounts(text, map, unit);
  if ("problem" in amounts) return amounts;
  const disputed = readYesNo(text("disputed"));
  if (disputed === null) return { problem: { code: "not_yes_or_no", field: "disputed", text: text("disputed") } };
  const delivery = readDelivery(text("delivery"));
  if (delivery === undefined) return { problem: { code: "not_a_delivery", field: "delivery", text: text("delivery") } };
  return {
    value: {
      accountNumber: text("accountNumber"),
      invoiceNumber: text("invoiceNumber"),
      accountName: text("accountName") || null,
      email: text("email").toLowerCase() || null,
      postalCode: text("postalCode") || null,
      delivery,
      disputed,
      ...dates.value,
      ...amounts.value,
    },
  };
}

const LONGEST: Partial<Record<ImportField, number>> = {
  accountNumber: 64,
  invoiceNumber: 64,
  accountName: 200,
  email: 254,
  postalCode: 20,
  lineDescription: 500,
};

function checkTexts(text: (field: ImportField) => string, unit: Currency): RowProblem | null {
  for (const field of ["accountNumber", "invoiceNumber"] as const)
    if (text(field) === "") return { code: "blank", field };
  for (const [field, most] of Object.entries(LONGEST) as [ImportField, number][]) {
    if (text(field).length > most) return { code: "too_long", field, most };
  }
  const email = text("email");
  if (email !== "" && !/^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(email)) {
    return { code: "not_an_email", field: "email", text: email };
  }
  const code = text("currency");
  if (code !== "" && parseCurrency(code) !== unit) return { code: "other_currency", text: code, expected: unit };
  return null;
}

type Dates = Pick<ParsedRow, "issuedOn" | "dueOn" | "paidOn">;

function readDates(text: (field: ImportField) => string, map: ImportMap): Parsed<Dates> {
  const read = (field: ImportField) => parseDate(text(field), map.dateFormat);
  const wrong = (field: ImportField): { problem: RowProblem } => ({
    problem: { code: "not_a_date", field, text: text(field), format: map.dateFormat },
  });
  if (text("issuedOn") === "") return { problem: { code: "blank", field: "issuedOn" } };
  const issuedOn = read("issuedOn");
  if (issuedOn === null) return wrong("issuedOn");
  const dueOn = text("dueOn") === "" ? addDays(issuedOn, map.paymentTermDays) : read("dueOn");
  if (dueOn === null) return wrong("dueOn");
  const paidOn = text("paidOn") === "" ? null : read("paidOn");
  if (paidOn === null && text("paidOn") !== "") return wrong("paidOn");
  if (dueOn < issuedOn) return { problem: { code: "due_before_issued", issuedOn, dueOn } };
  if (paidOn !== null && paidOn < issuedOn) return { problem: { code: "paid_before_issued", issuedOn, paidOn } };
  return { value: { issuedOn, dueOn, paidOn } };
}

type Amounts = Pick<ParsedRow, "amountMinor" | "taxMinor" | "line">;

function readAmounts(text: (field: ImportField) => string, map: ImportMap, unit: Currency): Parsed<Amounts> {
  const minor = (field: ImportField) => parseMinor(text(field), { field, decimal: map.decimal, currency: unit });
  const hasLine = map.columns.lineUnitPrice !== undefined && text("lineUnitPrice") !== "";
  if (!hasLine && text("amount") === "") {
    return { problem: { code: "blank", field: map.columns.amount === undefined ? "lineUnitPrice" : "amount" } };
  }
  const amount = text("amount") === "" ? { value: null } : minor("amount");
  if ("problem" in amount) return amount;
  const tax = text("tax") === "" ? { value: null } : minor("tax");
  if ("problem" in tax) return tax;
  if (!hasLine) return { value: { amountMinor: amount.value, taxMinor: tax.value, line: null } };
  const quantity = parseQuantity(text("lineQuantity") || "1", "lineQuantity", map.decimal);
  if ("problem" in quantity) return quantity;
  const unitPrice = parseQuantity(text("lineUnitPrice"), "lineUnitPrice", map.decimal);
  if ("problem" in unitPrice) return unitPrice;
  const lineTax = text("lineTax") === "" ? { value: "0" } : minor("lineTax");
  if ("problem" in lineTax) return lineTax;
  const line = {
    description: text("lineDescription") || text("invoiceNumber"),
    quantity: quantity.value,
    unitPrice: unitPrice.value,
    taxMinor: lineTax.value,
  };
  return { value: { amountMinor: amount.value, taxMinor: tax.value, line } };
}

/** "1,234.56", "-20", "(20.00)", "$94": the minor units as text. Exact; refuses more decimals than the currency has. */
export function parseMinor(
  text: string,
  { field, decimal, currency: unit }: { field: ImportField; decimal: "." | ","; currency: Currency },
): Parsed<string> {
  const plain = plainDecimal(text, decimal);
  if (plain === null) return { problem: { code: "not_an_amount", field, text: text.slice(0, 60) } };
  const exponent = exponentOf(unit);
  const [whole = "0", fraction = ""] = plain.digits.split(".");
  if (/[1-9]/.test(fraction.slice(exponent))) {
    return { problem: { code: "too_many_decimals", field, text: text.slice(0, 60), decimals: exponent } };
  }
  const value = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, "0"));
  if (value > MAX_MINOR) return { problem: { code: "not_an_amount", field, text: text.slice(0, 60) } };
  return { value: (plain.negative ? -value : value).toString() };
}

function parseQuantity(text: string, field: ImportField, decimal: "." | ","): Parsed<string> {
  const plain = plainDecimal(text, decimal);
  if (plain === null || plain.digits.length > 24)
    return { problem: { code: "not_an_amount", field, text: text.slice(0, 60) } };
  return { value: plain.negative ? `-${plain.digits}` : plain.digits };
}

function plainDecimal(text: string, decimal: "." | ","): { negative: boolean; digits: string } | null {
  const inner = /^\((.*)\)$/.exec(text.trim());
  const negative = inner !== null || /^\s*[-−]/.test(text);
  const bare = (inner?.[1] ?? text).replace(/[-−$€£¥\s\u00a0\u202f]/g, "");
  const canonical = decimal === "." ? bare : bare.replace(/[.,]/g, (c) => (c === "." ? "," : "."));
  if (!/^(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?$/.test(canonical) || !/\d/.test(canonical) || canonical.length > 40)
    return null;
  const digits = canonical.replaceAll(",", "");
  return { negative, digits: digits.startsWith(".") ? `0${digits}` : digits };
}

function readYesNo(text: string): boolean | null {
  if (/^(yes|y|true|1|x)$/i.test(text)) return true;
  return text === "" || /^(no|n|false|0)$/i.test(text) ? false : null;
}

function readDelivery(text: string): "paper" | "electronic" | null | undefined {
  if (text === "") return null;
  if (/^(paper|post|mail|letter|no|n|false|0)$/i.test(text)) return "paper";
  return /^(electronic|e-?mail|paperless|digital|online|yes|y|true|1)$/i.test(text) ? "electronic" : undefined;
}
