import { z } from "zod";

import { parseLocalDate } from "../local-date.ts";
import { requiredText } from "./fields.ts";

const dayOrNone = z
  .string()
  .default("")
  .transform((text, ctx) => {
    const day = text === "" ? null : parseLocalDate(text);
    if (text !== "" && day === null) ctx.addIssue({ code: "custom", message: "Choose a day, or leave it empty." });
    return day;
  });

/** A pause of reminders and fees: of one bill by its number, or of the account; and its end. */
export const remindersForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("pause"),
    bill: z.string().max(80).default(""),
    untilOn: dayOrNone,
    reason: requiredText(300, {
      needed: "Say why, for whoever reads it later.",
      tooLong: "Keep it under 300 characters.",
    }),
  }),
  z.object({ intent: z.literal("resume"), pauseId: z.guid() }),
  z.object({ intent: z.literal("promise"), day: z.string().default(""), key: z.string().max(40) }),
]);
