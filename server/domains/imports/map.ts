import { z } from "zod";

import { parseCurrency } from "#app/contracts/currency.ts";

import { isDateFormat } from "./parse-date.ts";

/** What a file's columns can mean. */
export const IMPORT_FIELDS = [
  "accountNumber",
  "accountName",
  "email",
  "postalCode",
  "invoiceNumber",
  "issuedOn",
  "dueOn",
  "amount",
  "tax",
  "currency",
  "paidOn",
  "disputed",
  "delivery",
  "lineDescription",
  "lineQuantity",
  "lineUnitPrice",
  "lineTax",
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

const column = z.string().min(1);

/** Which column of the file holds what. The keys of `columns` are our words, the values the file's own headings. */
export const importMapSchema = z
  .strictObject({
    currency: z.string().refine((code) => parseCurrency(code) !== null, "is not an ISO 4217 currency code"),
    dateFormat: z
      .string()
      .refine(isDateFormat, "must be made of YYYY, MM or M, DD or D and separators, such as M/D/YYYY"),
    paymentTermDays: z.int().min(0).max(365).default(30),
    decimal: z.enum([".", ","]).default("."),
    delimiter: z.string().length(1).optional(),
    columns: z.strictObject(
      Object.fromEntries(IMPORT_FIELDS.map((field) => [field, column.optional()])) as Record<
        ImportField,
        z.ZodOptional<typeof column>
      >,
    ),
  })
  .superRefine(({ columns }, issue) => {
    for (const field of ["accountNumber", "invoiceNumber", "issuedOn"] as const) {
      if (!columns[field]) issue.addIssue({ code: "custom", path: ["columns", field], message: "is needed" });
    }
    if (!columns.amount && !columns.lineUnitPrice) {
      issue.addIssue({ code: "custom", path: ["columns", "amount"], message: "or lineUnitPrice is needed" });
    }
  });
export type ImportMap = z.infer<typeof importMapSchema>;

const GUESSES: Record<ImportField, RegExp> = {
  accountNumber:
    /^(account|customer|client|debtor)\s*(no|nr|num|number|id)?$|^cust(omer)?\s*(no|nr|num|number|id|code)$/,
  accountName: /^(account|customer|client|debtor|company)?\s*name$/,
  email: /e?\s?mail/,
  postalCode: /^(postal|post|zip)\s*(code)?$/,
  invoiceNumber: /^(invoice|bill|document|doc|inv)\s*(no|nr|num|number|id)?$/,
  issuedOn: /^(invoice|bill|issue|issued|document|doc)\s*(date|on)$|^date$/,
  dueOn: /due/,
  amount: /^(invoice|bill|total|gross)?\s*(amount|total)$/,
  tax: /^(tax|vat|gst)\s*(amount)?$/,
  currency: /^currency(\s*code)?$/,
  paidOn: /^(settled|paid|payment|cleared|clear)\s*(date|on)?$/,
  disputed: /^(is\s*)?disputed?$/,
  delivery: /^(delivery|paperless\s*bill|paperless)$/,
  lineDescription: /^(line\s*)?(item\s*)?(description|item|product)$/,
  lineQuantity: /^(line\s*)?(quantity|qty)$/,
  lineUnitPrice: /^(line\s*)?(unit\s*)?price$/,
  lineTax: /^line\s*(tax|vat)$/,
};

/** A first mapping from a file's headings, each used once: a start to correct, never a decision. */
export function guessColumns(headings: readonly string[]): Partial<Record<ImportField, string>> {
  const guessed: Partial<Record<ImportField, string>> = {};
  const free = new Set(headings);
  for (const field of IMPORT_FIELDS) {
    const match = [...free].find((heading) => GUESSES[field].test(asWords(heading)));
    if (match === undefined) continue;
    guessed[field] = match;
    free.delete(match);
  }
  return guessed;
}

/** "InvoiceAmount", "invoice_amount" and "Invoice Amount" are the same words. */
function asWords(heading: string): string {
  return heading
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_\-.#:]+/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}
