import { z } from "zod";

import { codeField, emailField, passwordField, toField } from "./person-fields.ts";

/** One page, three buttons: sign in with a password, have a code mailed, sign in with the code. */
export const signInForm = z.discriminatedUnion("intent", [
  z.strictObject({ intent: z.literal("password"), email: emailField, password: passwordField, to: toField }),
  z.strictObject({
    intent: z.literal("mail_code"),
    email: emailField,
    /** Sent along by the same form, and not looked at. */
    password: z.string().optional(),
    code: z.string().optional(),
    to: toField,
  }),
  z.strictObject({ intent: z.literal("code"), email: emailField, code: codeField, to: toField }),
]);
