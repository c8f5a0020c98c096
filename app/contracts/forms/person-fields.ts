import { z } from "zod";

import { ADDRESS } from "./fields.ts";

export const emailField = z
  .string("Write your e-mail address.")
  .trim()
  .min(1, "Write your e-mail address.")
  .max(254, { error: "This address is too long to be one.", abort: true })
  .regex(ADDRESS, "Write the whole address, like ana@example.com.");

export const nameField = z
  .string("Write your name.")
  .trim()
  .min(1, "Write your name.")
  .max(120, "Use at most 120 characters.")
  .regex(/^[^\p{Cc}]*$/u, "A name has no line breaks.");

/** A password somebody proves. Whether it is a good one is the domain's to say. */
export const passwordField = z
  .string("Write your password.")
  .min(1, "Write your password.")
  .max(1_000, "This is too long to be your password.");

export const newPasswordField = z
  .string("Choose a password.")
  .min(1, "Choose a password.")
  .max(1_000, "Use at most 200 characters.");

export const codeField = z
  .string("Write the code from the mail.")
  .trim()
  .min(1, "Write the code from the mail.")
  .max(40, "The code has 8 digits.");

/** Where to go afterwards; made safe where it is used. */
export const toField = z.string().max(2_048).optional();

/** What binds a mailed code to the page that asked for it; a form without it gets a code that does not work. */
export const requestField = z.string().max(40).default("");
