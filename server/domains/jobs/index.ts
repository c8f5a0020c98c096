export { doDuty, type Duty } from "./do-duty.ts";
