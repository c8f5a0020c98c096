/** What a form shows again: the sentence per field, one for the whole, and everything the person typed. */
export type FormReply = {
  ok: false;
  errors: Record<string, string>;
  message: string | null;
  values: Record<string, string>;
};

/** The sentences of a refused form by field, the one for all of it under "form": what ErrorSummary and Field take. */
export const errorsOf = (reply: FormReply | { ok: true } | undefined): Record<string, string> =>
  reply === undefined || reply.ok
    ? {}
    : { ...reply.errors, ...(reply.message === null ? {} : { form: reply.message }) };
