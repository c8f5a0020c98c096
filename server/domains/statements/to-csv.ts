import { money, toDecimal } from "#app/contracts/money.ts";

import { type Statement } from "./get-statement.ts";
import { type StatementLine } from "./lines.ts";

/**
 * A statement as CSV (RFC 4180) with a byte order mark, so that spreadsheets read it as UTF-8. Amounts are exact decimal
 * text; a cell that a spreadsheet would take for a formula is quoted (TRUST.md S71).
 */
export function statementCsv(statement: Statement, wordsOf: (line: StatementLine) => string): string {
  const decimal = (minor: bigint) => toDecimal(money(minor, statement.currency));
  const rows = [
    ["Date", "What happened", "Bill", "Amount", "Balance", "Currency"],
    [statement.fromOn, "Opening balance", "", "", decimal(statement.openingMinor), statement.currency],
    ...statement.lines.map((line) => [
      ...[line.occurredOn, wordsOf(line), line.billNumber ?? ""],
      ...[decimal(line.amountMinor), decimal(line.balanceMinor), statement.currency],
    ]),
    [statement.toOn, "Closing balance", "", "", decimal(statement.closingMinor), statement.currency],
  ];
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function cell(text: string): string {
  // Amounts may begin with a minus; nothing else may begin like a formula, also after spaces, which spreadsheets trim, or
  // in full width, which some read alike.
  const like = /^\s*[-=+@\uff0d\uff1d\uff0b\uff20]/.test(text) && !/^-\d+(\.\d+)?$/.test(text);
  const safe = like || /^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
