import { renderToBuffer } from "@react-pdf/renderer";

import { BillDocument } from "./bill-document.tsx";
import { type BillData, type ReceiptData, type StatementData } from "./document-data.ts";
import { ReceiptDocument } from "./receipt-document.tsx";
import { StatementDocument } from "./statement-document.tsx";

export const renderBill = (data: BillData): Promise<Buffer> => renderToBuffer(<BillDocument data={data} />);
export const renderReceipt = (data: ReceiptData): Promise<Buffer> => renderToBuffer(<ReceiptDocument data={data} />);
export const renderStatement = (data: StatementData): Promise<Buffer> =>
  renderToBuffer(<StatementDocument data={data} />);
