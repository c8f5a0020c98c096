export { type AppliedCredit, applyCredit, type CreditRefusal, type CreditRequest } from "./apply-credit.ts";
export { type DisputeCredit, planDisputeCredit } from "./credit-for-dispute.ts";
export { planRefund, type RefundCredit, type RefundPlan } from "./credit-for-refund.ts";
export { type Given, type GiftRefusal } from "./give-credit.ts";
export { type CreditLimit, creditLimitOf, type NamedLimitRefusal } from "./limits.ts";
export { payOutImportedCreditNotes } from "./pay-out-imported-credit-notes.ts";
export { type CreditPreview, previewCredit } from "./preview-credit.ts";
export { type Credit, listCredits } from "./queries.ts";
export { type ImportedCreditNote, recordImportedCreditNotes } from "./record-imported-credit-notes.ts";
