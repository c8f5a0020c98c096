export { type Activity, listActivity, type ListActivity } from "./list-activity.ts";
