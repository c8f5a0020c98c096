import { z } from "zod";

import { STAFF_FIELD_TEXTS as TEXTS } from "../messages/staff.ts";
import { email, requiredText } from "./fields.ts";

export const STAFF_ROLES = ["rep", "supervisor", "admin"] as const;

export const staffRole = z.enum(STAFF_ROLES, { error: TEXTS.role });

/** Somebody joins the staff: by invitation on the page, at once on the command line. */
export const newStaffForm = z.object({
  email: email(TEXTS.email),
  name: requiredText(120, { needed: TEXTS.name, tooLong: TEXTS.nameTooLong }),
  role: staffRole,
});

/** Everything the page of the staff can be asked to do. */
export const staffPageForm = z.discriminatedUnion("intent", [
  newStaffForm.extend({ intent: z.literal("invite") }),
  z.object({ intent: z.literal("role"), loginId: z.guid(), role: staffRole }),
  z.object({
    intent: z.literal("suspend"),
    loginId: z.guid(),
    reason: requiredText(300, { needed: TEXTS.reason, tooLong: TEXTS.reason }),
  }),
  z.object({
    intent: z.literal("reset_factor"),
    loginId: z.guid(),
    reason: requiredText(300, { needed: TEXTS.reason, tooLong: TEXTS.reason }),
  }),
  z.object({ intent: z.literal("restore"), loginId: z.guid() }),
]);
