import { z } from "zod";

import { nameField } from "./person-fields.ts";

/** For somebody new: a password is a choice. Who has a login already sends neither. */
export const acceptInviteForm = z.strictObject({
  name: nameField.optional(),
  password: z.string().max(1_000, "Use at most 200 characters.").optional(),
});
