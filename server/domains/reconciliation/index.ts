export { type BooksReport, type CheckResult, proveBooks } from "./prove-books.ts";
