import { z } from "zod";

import { STAFF_FIELD_TEXTS as TEXTS } from "../messages/staff.ts";

export const STAFF_ROLES = ["rep", "supervisor", "admin"] as const;

const email = z
  .string({ error: TEXTS.email })
  .trim()
  .max(254, { error: TEXTS.email })
  .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, { error: TEXTS.email });

export const staffRole = z.enum(STAFF_ROLES, { error: TEXTS.role });

/** Somebody joins the staff: by invitation on the page, at once on the command line. */
export const newStaffForm = z.object({
  email,
  name: z.string({ error: TEXTS.name }).trim().min(1, { error: TEXTS.name }).max(120, { error: TEXTS.nameTooLong }),
  role: staffRole,
});

export const staffRoleForm = z.object({ loginId: z.guid(), role: staffRole });

export const suspendForm = z.object({
  loginId: z.guid(),
  reason: z.string({ error: TEXTS.reason }).trim().min(1, { error: TEXTS.reason }).max(300),
});
