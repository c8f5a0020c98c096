import { z } from "zod";

/** What several forms ask for, each with the sentence that a wrong entry gets. A field that is absent counts as empty. */
type Texts = { needed: string; tooLong: string };

export const requiredText = (most: number, { needed, tooLong }: Texts) =>
  z.string({ error: needed }).trim().min(1, { error: needed }).max(most, { error: tooLong });

/** Text that may be empty, which is null. */
export const optionalText = (most: number, tooLong: string) =>
  z
    .string()
    .trim()
    .max(most, { error: tooLong })
    .default("")
    .transform((text) => (text === "" ? null : text));

/**
 * One e-mail address, no display name, nothing a mail header could end with. The parts behind the @ hold no dot, so that there
 * is one way to read a text, however long.
 */
export const ADDRESS = /^[^\s@<>,;:"()[\]\\\p{Cc}]+@[^\s@<>,;:"()[\]\\\p{Cc}.]+(?:\.[^\s@<>,;:"()[\]\\\p{Cc}.]+)+$/u;

/** An e-mail address; the proof that it works is a mail to it. */
export const email = (sentence: string) =>
  z.string({ error: sentence }).trim().max(254, { error: sentence, abort: true }).regex(ADDRESS, { error: sentence });

export const optionalEmail = (sentence: string) =>
  z
    .string()
    .trim()
    .max(254, { error: sentence, abort: true })
    .regex(ADDRESS, { error: sentence })
    .or(z.literal(""))
    .default("")
    .transform((text) => (text === "" ? null : text));

/** A version that a form carried along: what its writer saw. */
export const version = z.coerce.number().int().min(0);
