export { announceDraft, type DraftNotice } from "./announce-draft.ts";
export { cancelDraftsOf } from "./cancel-drafts-of.ts";
export {
  cancelScheduledPayment,
  changeScheduledPayment,
  type DraftOf,
  type ScheduledChange,
} from "./change-scheduled-payment.ts";
export { type BillForeseen, foreseeBill } from "./foresee-bill.ts";
export { type MethodUses, replaceMethodInUse, usesOfMethod } from "./methods-in-use.ts";
export {
  type AnnouncedOf,
  type Autopay,
  type Draft,
  getAutopay,
  listAnnounced,
  listDrafts,
  nextDraft,
} from "./queries.ts";
export { isFirstOfMethod } from "./rows.ts";
export { type AnnouncedBill, isNewsOfFailure, lastTry } from "./rules.ts";
export { type RetireRefusal, retireMethod, type Succession } from "./retire-method.ts";
export { pauseAutopay } from "./pause-autopay.ts";
export { runAutopayDuties } from "./run-duties.ts";
export { type ScheduledPaymentRequest, schedulePayment, type ScheduleRefusal } from "./schedule-payment.ts";
export { type AutopayRefusal, type AutopayRequest, setUpAutopay } from "./set-up-autopay.ts";
export { stopAutopay } from "./stop-autopay.ts";
export { subscribeAutopay } from "./subscribers.ts";
