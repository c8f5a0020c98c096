import { z } from "zod";

import { newPasskey } from "./passkey.ts";
import { emailField } from "./person-fields.ts";

/** Everything the page about signing in can ask for, one button each. */
export const securityForm = z.discriminatedUnion("intent", [
  z.strictObject({ intent: z.literal("factor_off") }),
  z.strictObject({ intent: z.literal("recovery_codes") }),
  z.strictObject({ intent: z.literal("email"), email: emailField }),
  z.strictObject({ intent: z.literal("add_passkey"), answer: newPasskey }),
  z.strictObject({ intent: z.literal("remove_passkey"), passkeyId: z.string().max(1_500) }),
]);
