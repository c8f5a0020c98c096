import { data } from "@remix-run/node";
import { type z } from "zod";

import { type FormReply } from "../contracts/form-reply.ts";
import { readForm } from "./read-form.server.ts";

export type { FormReply } from "../contracts/form-reply.ts";

/** Fields whose content is never sent back. */
const SECRET = /password|^code$/i;

/** Reads a form with its contract's schema. On bad input answers with a sentence per field and all that was typed. */
export async function parseForm<S extends z.ZodType>(
  request: Request,
  schema: S,
): Promise<{ ok: true; value: z.output<S>; values: Record<string, string> } | { ok: false; reply: FormReply }> {
  const form = await readForm(request);
  const values: Record<string, string> = {};
  const input: Record<string, string | string[]> = {};
  for (const name of new Set(form.keys())) {
    const texts = form.getAll(name).filter((entry) => typeof entry === "string");
    input[name] = texts.length > 1 || name.endsWith("[]") ? texts : (texts[0] ?? "");
    if (!SECRET.test(name)) values[name] = texts[0] ?? "";
  }
  const parsed = schema.safeParse(input);
  if (parsed.success) return { ok: true, value: parsed.data, values };
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) errors[String(issue.path[0] ?? "form")] ??= issue.message;
  return { ok: false, reply: { ok: false, errors, message: null, values } };
}

/** A refusal as an answer the form can show: 422, nothing typed is lost. */
export function formReply(
  values: Record<string, string>,
  {
    errors = {},
    message = null,
    status = 422,
  }: { errors?: Record<string, string>; message?: string | null; status?: number },
) {
  return data<FormReply>({ ok: false, errors, message, values }, { status });
}
