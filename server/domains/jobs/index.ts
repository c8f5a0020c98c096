export { doDuty, type Duty } from "./do-duty.ts";
export { eachAlone } from "./each-alone.ts";
