export { chargeLateFees } from "./charge-late-fees.ts";
export { type ComingBillFee, listComingFees } from "./list-coming-fees.ts";
export { pauseCollections, type PauseRequest } from "./pause-collections.ts";
export { resumeCollections } from "./resume-collections.ts";
export { listPauses, type Pause } from "./rows.ts";
export { runCollectionDuties } from "./run-duties.ts";
export { sendReminders } from "./send-reminders.ts";
