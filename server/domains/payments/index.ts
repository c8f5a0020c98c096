export { bouncePayment, type BounceRefusal } from "./bounce-payment.ts";
export { cancelPayment } from "./cancel-payment.ts";
export { feeRatesFor } from "./fee.ts";
export { findReceiptOfPlan } from "./find-receipt-of-plan.ts";
export { findVerifyUrl } from "./find-verify-url.ts";
export { getPayPlan, type PayPlan } from "./get-pay-plan.ts";
export { listStaleEvents, processEvent } from "./process-event.ts";
export {
  getPayment,
  countParkedEvents,
  listParkedEvents,
  listPayments,
  type Payment,
  type PaymentDetail,
  type PaymentPart,
} from "./queries.ts";
export { listLosses, type Loss } from "./list-losses.ts";
export { listDeposits, listUndeposited, type MadeDeposit, type Undeposited } from "./deposit-queries.ts";
export { previewRefund, type RefundPreview } from "./preview-refund.ts";
export {
  getRefundable,
  listPaymentJournals,
  listRefunds,
  type PaymentJournal,
  type Refund,
  type Refundable,
} from "./refund-queries.ts";
export { type DepositRefusal, recordDeposit } from "./record-deposit.ts";
export { recordPayout } from "./record-payout.ts";
export { type RefundedPayment, refundPayment } from "./refund-payment.ts";
export { type RefundRefusal, type RefundRequest } from "./request-refund.ts";
export { type RefundChoiceRefusal, type RefundWish } from "./refund-rules.ts";
export { sweepRefunds } from "./sweep-refunds.ts";
export { workOffEvent } from "./work-off-event.ts";
export { cancelMethodSetup, listOpenSetups, type OpenSetup, sweepSetups } from "./open-setups.ts";
export { receiveEvent } from "./receive-event.ts";
export { type ImportedPayment, recordImportedPayments } from "./record-imported-payments.ts";
export { type ManualPayment, recordManualPayment } from "./record-manual-payment.ts";
export { refreshCard } from "./refresh-card.ts";
export { recheckPayment, refreshPayment } from "./refresh-payment.ts";
export { type PaymentMeans, type PaymentRefusal, type PaymentRequest, requestPayment } from "./request-payment.ts";
export { resumePayment } from "./resume-payment.ts";
export {
  type AllocationRefusal,
  checkChoice,
  type ChosenBill,
  IN_FLIGHT,
  payableAfterCredit,
  type PayableBill,
} from "./rules.ts";
export { listSavedMethods, type MethodOf, removeMethod, type SavedMethod, setDefaultMethod } from "./saved-methods.ts";
export { carryOn, type StartedPayment, startPayment } from "./start-payment.ts";
export { sweepPayments } from "./sweep-payments.ts";
export { methodLabel } from "./rows.ts";
export { nameOfMethod } from "./name-of-method.ts";
export { type MethodSetupRequest, type StartedSetup, startMethodSetup } from "./start-method-setup.ts";
export { useCredit, type UsedCredit } from "./use-credit.ts";
