export { createDocuments, type Documents } from "./create-documents.ts";
export {
  type BillData,
  type Biller,
  type DocumentLine,
  type ReceiptData,
  type StatementData,
  type Sum,
} from "./document-data.ts";
