export { acceptPlan, type AcceptRefusal, type PlanAcceptance } from "./accept-plan.ts";
export { approvePlan, type ApproveRefusal } from "./approve-plan.ts";
export { cancelPlan } from "./cancel-plan.ts";
export { changePlanMethod } from "./change-plan-method.ts";
export { declinePlan } from "./decline-plan.ts";
export { listMissed, type Missed } from "./list-missed.ts";
export { offerPlan, type OfferRefusal, type PlanOffer } from "./offer-plan.ts";
export { finishPlan, payPlanAhead, type PayAheadRefusal } from "./pay-plan-ahead.ts";
export { previewPlan } from "./preview-plan.ts";
export { getPromise, promiseToPay, type PromiseRefusal, type PromiseToPay } from "./promise-to-pay.ts";
export { type PlanProposal, proposePlan, type ProposeRefusal } from "./propose-plan.ts";
export {
  findPlanOfBill,
  getPlan,
  listPlans,
  listPlansOfAll,
  type Plan,
  type PlanDetail,
  type PlanInstalment,
  type WaitingPlan,
} from "./queries.ts";
export { reconcilePlan } from "./reconcile-plan.ts";
export { firstDays, type Instalment, leastDown } from "./rules.ts";
export { runPlanDuties } from "./run-duties.ts";
export { subscribePlans } from "./subscribers.ts";
export { type TermsWish, type WishRefusal } from "./write-terms.ts";
