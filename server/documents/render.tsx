import { renderToBuffer } from "@react-pdf/renderer";

import { BillDocument } from "./bill-document.tsx";
import { type BillData, type ReceiptData } from "./document-data.ts";
import { ReceiptDocument } from "./receipt-document.tsx";

export const renderBill = (data: BillData): Promise<Buffer> => renderToBuffer(<BillDocument data={data} />);
export const renderReceipt = (data: ReceiptData): Promise<Buffer> => renderToBuffer(<ReceiptDocument data={data} />);
