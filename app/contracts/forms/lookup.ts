import { z } from "zod";

import { accountNumberField, postalCodeField } from "./account-fields.ts";

/** What stands on any bill, and what only its reader knows. */
export const lookupForm = z.strictObject({ accountNumber: accountNumberField, postalCode: postalCodeField });
