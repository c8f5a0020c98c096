import { z } from "zod";

import { LOCALES } from "../locales.ts";
import { nameField, newPasswordField } from "./person-fields.ts";

/** Everything the settings page can ask for, one button each. */
export const settingsForm = z.discriminatedUnion("intent", [
  z.strictObject({
    intent: z.literal("profile"),
    name: nameField,
    locale: z.enum(LOCALES, "Choose one of the list."),
  }),
  z.strictObject({
    intent: z.literal("password"),
    current: z.string().max(1_000, "This is too long to be your password.").optional(),
    password: newPasswordField,
  }),
  z.strictObject({ intent: z.literal("end_session"), sessionId: z.string().max(64) }),
  z.strictObject({ intent: z.literal("end_others") }),
  z.strictObject({ intent: z.literal("end_all") }),
]);
