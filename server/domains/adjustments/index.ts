export { type ImportedCreditNote, recordImportedCreditNotes } from "./record-imported-credit-notes.ts";
