export { type ImportedPayment, recordImportedPayments } from "./record-imported-payments.ts";
