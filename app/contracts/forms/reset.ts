import { z } from "zod";

import { emailField, newPasswordField } from "./person-fields.ts";

export const resetRequestForm = z.strictObject({ email: emailField });
export const newPasswordForm = z.strictObject({ password: newPasswordField });
