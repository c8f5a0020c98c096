import { z } from "zod";

const TEXT = "Your browser sent something that is no passkey's answer. Try once more.";
const encoded = z
  .string(TEXT)
  .max(20_000, TEXT)
  .regex(/^[\w-]*$/, TEXT);

const common = {
  id: encoded,
  rawId: encoded,
  type: z.literal("public-key", TEXT),
  clientExtensionResults: z.object({}).default({}),
};

const signed = z.object({
  ...common,
  response: z.object({
    clientDataJSON: encoded,
    authenticatorData: encoded,
    signature: encoded,
  }),
});

const TRANSPORTS = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"] as const;

const made = z.object({
  ...common,
  response: z.object({
    clientDataJSON: encoded,
    attestationObject: encoded,
    /** A transport we do not know yet is left out, not refused. */
    transports: z
      .array(z.string())
      .max(20)
      .transform((names) => TRANSPORTS.filter((known) => names.includes(known)))
      .optional()
      .transform((names) => names ?? []),
  }),
});

/** JSON in a form field: a passkey's answer travels with the rest of its form. */
const jsonOf = <S extends z.ZodType>(schema: S) =>
  z
    .string(TEXT)
    .max(60_000, TEXT)
    .transform((text, ctx): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        ctx.addIssue({ code: "custom", message: TEXT });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** What a passkey has signed: to sign in, or to confirm. */
export const passkeyAnswer = jsonOf(signed);

/** A passkey that was just made. */
export const newPasskey = jsonOf(made);

export const passkeyOffer = z.strictObject({ purpose: z.enum(["sign_in", "add", "confirm"]) });
