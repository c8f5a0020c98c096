import type { FormReply } from "./forms.server.ts";

/** The sentences of a refused form by field, the one for all of it under "form": what ErrorSummary and Field take. */
export const errorsOf = (
  reply: Pick<FormReply, "errors" | "message"> | { ok: true } | undefined,
): Record<string, string> =>
  reply === undefined || !("errors" in reply)
    ? {}
    : { ...reply.errors, ...(reply.message ? { form: reply.message } : {}) };
