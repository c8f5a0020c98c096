import { z } from "zod";

import { passkeyAnswer } from "./passkey.ts";
import { codeField, passwordField, requestField, toField } from "./person-fields.ts";

const factorCode = z
  .string("Write the code from your app.")
  .trim()
  .min(1, "Write the code from your app.")
  .max(60, "The code has 6 digits, a recovery code 12 letters and digits.");

/** The second step of signing in, and the first code of an app that is being set up. */
export const factorForm = z.strictObject({ code: factorCode, to: toField });

/** Who it is, once more: by the app, by the password, or by a code from the mail. */
export const confirmForm = z.discriminatedUnion("intent", [
  z.strictObject({ intent: z.literal("factor"), code: factorCode }),
  z.strictObject({ intent: z.literal("passkey"), answer: passkeyAnswer }),
  z.strictObject({ intent: z.literal("password"), password: passwordField }),
  z.strictObject({ intent: z.literal("mail_code") }),
  z.strictObject({ intent: z.literal("mailed_code"), code: codeField, request: requestField }),
]);
