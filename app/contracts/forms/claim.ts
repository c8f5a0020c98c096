import { z } from "zod";

import { accountNumberField, postalCodeField } from "./account-fields.ts";
import { codeField, emailField, nameField } from "./person-fields.ts";

/** Both steps of a claim: what is on a bill and who asks; then the code from the mail. */
export const claimForm = z.discriminatedUnion("intent", [
  z.strictObject({
    intent: z.literal("start"),
    accountNumber: accountNumberField,
    postalCode: postalCodeField,
    name: nameField,
    email: emailField,
  }),
  z.strictObject({
    intent: z.literal("finish"),
    accountNumber: accountNumberField,
    postalCode: z.string().max(20).optional(),
    name: nameField,
    email: emailField,
    code: codeField,
  }),
]);
