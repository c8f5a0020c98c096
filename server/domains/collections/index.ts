export { chargeLateFees } from "./charge-late-fees.ts";
export { pauseCollections, type PauseRequest, resumeCollections } from "./pause-collections.ts";
export { listPauses, type Pause } from "./rows.ts";
export { runCollectionDuties } from "./run-duties.ts";
export { sendReminders } from "./send-reminders.ts";
