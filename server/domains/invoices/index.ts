export { type AccountMoney, getAccountMoney, type OpenCredit } from "./account-money.ts";
export { applyOpenCredits, unapplyCredit, type UnapplyCredit } from "./apply-open-credits.ts";
export { creditBill, type CreditBill, takeBackCredit, type TakeBackCredit } from "./credit-bill.ts";
export { type NewInvoice, type NewLine } from "./invoice-draft.ts";
export { type IssuedInvoice, issueInvoice, issueInvoices, type IssueRefusal } from "./issue-invoice.ts";
export { type PayBack, payBackPayment } from "./pay-back-payment.ts";
export { type Asked, type AskedBill, listAsked } from "./list-asked.ts";
export { markBill } from "./mark-bill.ts";
export { markBillViewed } from "./mark-bill-viewed.ts";
export { getPaymentStanding, type PaymentStanding } from "./payment-standing.ts";
export { type PaidBills, payBills, type PayBills, payBillsBatch } from "./pay-bills.ts";
export { type HeldBill, placeClaim, type PlaceClaim, releaseClaimsOf, type ReleaseClaims } from "./place-claim.ts";
export {
  agingBucket,
  type AgingBuckets,
  lineAmount,
  recomputeHeld,
  splitInProportion,
  spreadOldestFirst,
} from "./rules.ts";
export { type Applied } from "./sheet-credit.ts";
export { type BillAmount, type Cash, type TakenBack } from "./sheet-payment.ts";
export { type Step, type Told } from "./sheet.ts";
export { giveBackPayment, takeBackPayment } from "./take-back-payment.ts";
export { voidInvoice, type VoidRefusal } from "./void-invoice.ts";
export { writeOff, type WriteOff } from "./write-off.ts";
export { type Bill, type ListedBill } from "./bill-rows.ts";
export { type BillStanding } from "./bill-standing.ts";
export {
  type BillAllocation,
  type BillBefore,
  type BillClaim,
  type BillDetail,
  type BillEvent,
  type BillLine,
  type BillRefund,
  findBillBefore,
  getBill,
  getBillById,
  listLines,
} from "./get-bill.ts";
export { agingOf, billedAndPaidByMonth, type MonthSum } from "./history.ts";
export { listOwed, type Owed } from "./list-owed.ts";
export { BILL_FILTERS, type BillFilter, listBills, type ListBills, listOpenBills } from "./list-bills.ts";
