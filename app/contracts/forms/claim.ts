import { z } from "zod";

import { codeField, emailField, nameField } from "./person-fields.ts";

const accountNumber = z
  .string("Write the account number from one of your bills.")
  .trim()
  .min(1, "Write the account number from one of your bills.")
  .max(64, "An account number is shorter than this.");

const postalCode = z
  .string("Write the postal code your bills go to.")
  .trim()
  .min(1, "Write the postal code your bills go to.")
  .max(20, "A postal code is shorter than this.");

/** Both steps of a claim: what is on a bill and who asks; then the code from the mail. */
export const claimForm = z.discriminatedUnion("intent", [
  z.strictObject({ intent: z.literal("start"), accountNumber, postalCode, name: nameField, email: emailField }),
  z.strictObject({
    intent: z.literal("finish"),
    accountNumber,
    postalCode: z.string().max(20).optional(),
    name: nameField,
    email: emailField,
    code: codeField,
  }),
]);
