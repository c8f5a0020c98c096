export { assignDispute } from "./assign-dispute.ts";
export { closeDecidedDisputes } from "./close-decided.ts";
export {
  type FiledDispute,
  fileDispute,
  type FileRefusal,
  MAX_DESCRIPTION,
  MAX_DISPUTE_FILES,
  type NewDispute,
} from "./file-dispute.ts";
export { closeImportedDisputes, type ImportedDispute, openImportedDisputes } from "./open-imported-disputes.ts";
export {
  BOARD_FILTERS,
  type BoardFilter,
  type Dispute,
  type DisputeDetail,
  type DisputeEvent,
  getDispute,
  getDisputeById,
  listDisputes,
  listDisputesOfAccount,
} from "./queries.ts";
export {
  type Decision,
  type DisputeOutcome,
  type ResolvedDispute,
  resolveDispute,
  type ResolveRefusal,
} from "./resolve-dispute.ts";
export { type ClockState, type DisputeStep, isLive } from "./rules.ts";
export { subscribeDisputes } from "./subscribers.ts";
export { type PlainStep, type StepRefusal, takeDisputeStep } from "./take-dispute-step.ts";
export { tellSteps } from "./tell-steps.ts";
