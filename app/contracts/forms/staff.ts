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

export const staffRoleForm = z.object({ loginId: z.guid(), role: staffRole });

export const suspendForm = z.object({
  loginId: z.guid(),
  reason: z.string({ error: TEXTS.reason }).trim().min(1, { error: TEXTS.reason }).max(300),
});
