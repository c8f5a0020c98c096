import { z } from "zod";

/** Everything the page about signing in can ask for, one button each. */
export const securityForm = z.discriminatedUnion("intent", [
  z.strictObject({ intent: z.literal("factor_off") }),
  z.strictObject({ intent: z.literal("recovery_codes") }),
]);
