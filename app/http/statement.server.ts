import {
  addDays,
  addMonths,
  daysBetween,
  type LocalDate,
  localDate,
  parseLocalDate,
} from "#app/contracts/local-date.ts";
import { agingText, movementText, RANGE_PROBLEM } from "#app/contracts/messages/statements.ts";
import { money } from "#app/contracts/money.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { getBusiness, todayIn } from "#server/domains/business/index.ts";
import {
  ageStatement,
  getIssuedStatement,
  getStatement,
  listStatements,
  type Statement,
  statementCsv,
} from "#server/domains/statements/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";
import type { Documents, StatementData } from "#server/documents/index.ts";

import { documentFrame } from "./bill-document.server.ts";
import { pdfResponse } from "./pdf.server.ts";

const LONGEST_DAYS = 3_660;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Of = { ctx: Ctx; account: Account; url: string };

const firstOf = (day: LocalDate): LocalDate => localDate(`${day.slice(0, 7)}-01`);

/** Ranges that are one press away, by the account's own today. */
export function rangesFor(today: LocalDate): { label: string; from: LocalDate; to: LocalDate }[] {
  const month = firstOf(today);
  const quarter = localDate(
    `${today.slice(0, 5)}${String(Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, "0")}-01`,
  );
  return [
    { label: "This month", from: month, to: today },
    { label: "Last month", from: addMonths(month, -1), to: addDays(month, -1) },
    { label: "This quarter", from: quarter, to: today },
    { label: "This year", from: localDate(`${today.slice(0, 4)}-01-01`), to: today },
    { label: "24 months", from: addMonths(month, -23), to: today },
  ];
}

/** The statement that an address asks for: `?id=` an issued one, `?from=&to=` a range, else this month. */
export async function readStatement({
  ctx,
  account,
  url,
}: Of): Promise<{ statement: Statement; problem: string | null }> {
  const query = new URL(url).searchParams;
  const id = query.get("id");
  if (id !== null) {
    if (!UUID.test(id)) throw notFound("statement");
    return { statement: await getIssuedStatement(ctx.db, { accountId: account.id, statementId: id }), problem: null };
  }
  const today = todayIn(account.zone, ctx.now);
  const [from, to] = [parseLocalDate(query.get("from") ?? ""), parseLocalDate(query.get("to") ?? "")];
  const asked = query.has("from") || query.has("to");
  const usable = from !== null && to !== null && from <= to && daysBetween(from, to) <= LONGEST_DAYS;
  const range = usable ? { fromOn: from, toOn: to } : { fromOn: firstOf(today), toOn: today };
  const statement = await getStatement(ctx.db, { accountId: account.id, currency: account.currency, ...range });
  return { statement, problem: asked && !usable ? RANGE_PROBLEM : null };
}

/** What a page of statements shows: the one asked for, how late what it closes with was, the issued ones, ranges. */
export async function readStatementPage(of: Of) {
  const { ctx, account } = of;
  const today = todayIn(account.zone, ctx.now);
  const [{ statement, problem }, issued] = await Promise.all([readStatement(of), listStatements(ctx.db, account.id)]);
  const aging = await ageStatement(ctx.db, { accountId: account.id, statement, today });
  return {
    ...{ statement, problem, aging, ranges: rangesFor(today) },
    issued: issued.map(({ id, fromOn, toOn, closingMinor, currency }) => ({
      id,
      fromOn,
      toOn,
      closingMinor,
      currency,
    })),
    query: new URL(of.url).search,
  };
}

const nameOf = ({ fromOn, toOn }: Statement, { number }: Account, ext: string) =>
  `Statement ${number} ${fromOn} ${toOn}.${ext}`;

export async function statementCsvResponse(of: Of): Promise<Response> {
  const { statement } = await readStatement(of);
  const name = nameOf(statement, of.account, "csv").replace(/[^\w.-]+/g, "-");
  return new Response(statementCsv(statement, movementText), {
    headers: { "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": `attachment; filename="${name}"` },
  });
}

export async function statementPdfResponse(of: Of, documents: Documents, locale: string): Promise<Response> {
  const { ctx, account } = of;
  const { statement } = await readStatement(of);
  const today = todayIn(account.zone, ctx.now);
  const frame = await documentFrame(ctx, { business: await getBusiness(ctx.db), account, locale, today });
  const { fromOn, toOn, currency } = statement;
  const moneyOf = (minor: bigint) => money(minor, currency);
  const { day, creditMinor, ...buckets } = await ageStatement(ctx.db, { accountId: account.id, statement, today });
  const data: StatementData = {
    ...{ ...frame, fromOn, toOn },
    ...{
      opening: moneyOf(statement.openingMinor),
      closing: moneyOf(statement.closingMinor),
      issuedOn: statement.issuedOn,
    },
    aging: {
      day,
      buckets: Object.entries(buckets).map(([bucket, minor]) => ({ label: agingText(bucket), amount: moneyOf(minor) })),
      credit: creditMinor > 0n ? moneyOf(-creditMinor) : null,
    },
    lines: statement.lines.map((line) => ({
      ...{ day: line.occurredOn, what: movementText(line) },
      ...{ amount: moneyOf(line.amountMinor), balance: moneyOf(line.balanceMinor) },
    })),
  };
  return pdfResponse(await documents.statement(data), nameOf(statement, account, "pdf"));
}
