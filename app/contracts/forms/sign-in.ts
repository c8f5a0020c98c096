import { z } from "zod";

import { passkeyAnswer } from "./passkey.ts";
import { codeField, emailField, passwordField, requestField, toField } from "./person-fields.ts";

/** One page, four buttons: sign in with a password, have a code mailed, sign in with the code, or with a passkey. */
export const signInForm = z.discriminatedUnion("intent", [
  z.strictObject({ intent: z.literal("password"), email: emailField, password: passwordField, to: toField }),
  z.strictObject({
    intent: z.literal("mail_code"),
    email: emailField,
    /** Sent along by the same form, and not looked at. */
    password: z.string().optional(),
    code: z.string().optional(),
    request: z.string().optional(),
    to: toField,
  }),
  z.strictObject({ intent: z.literal("passkey"), answer: passkeyAnswer, to: toField }),
  z.strictObject({ intent: z.literal("code"), email: emailField, code: codeField, request: requestField, to: toField }),
]);
