export { ageStatement, type StatementAging } from "./age-statement.ts";
export { type Activity, listActivity, type ListActivity } from "./list-activity.ts";
export {
  getIssuedStatement,
  getStatement,
  type IssuedStatement,
  listStatements,
  type Statement,
} from "./get-statement.ts";
export { issueStatement } from "./issue-statement.ts";
export { type StatementLine } from "./lines.ts";
export { listReaders, type StatementReaders } from "./list-readers.ts";
export { runStatementDuties, wantsMonthly, wishMonthly } from "./monthly.ts";
export { statementCsv } from "./to-csv.ts";
