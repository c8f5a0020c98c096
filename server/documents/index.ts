import { type BillData, type ReceiptData } from "./document-data.ts";

export { type BillData, type Biller, type DocumentLine, type ReceiptData, type Sum } from "./document-data.ts";

/** Documents as PDF: data in, bytes out. */
export type Documents = {
  bill: (data: BillData) => Promise<Buffer>;
  receipt: (data: ReceiptData) => Promise<Buffer>;
};

/** The renderer and its fonts are loaded with the first document: starting the server does not wait for them. */
export const documents: Documents = {
  bill: async (data) => (await import("./render.tsx")).renderBill(data),
  receipt: async (data) => (await import("./render.tsx")).renderReceipt(data),
};
