import { z } from "zod";

export const accountNumberField = z
  .string("Write the account number from one of your bills.")
  .trim()
  .min(1, "Write the account number from one of your bills.")
  .max(64, "An account number is shorter than this.");

export const postalCodeField = z
  .string("Write the postal code your bills go to.")
  .trim()
  .min(1, "Write the postal code your bills go to.")
  .max(20, "A postal code is shorter than this.");
