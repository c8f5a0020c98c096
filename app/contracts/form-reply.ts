/** What a form shows again: the sentence per field, one for the whole, and everything the person typed. */
export type FormReply = {
  ok: false;
  errors: Record<string, string>;
  message: string | null;
  values: Record<string, string>;
};

const NOTHING: Record<string, string> = {};
const told = new WeakMap<FormReply, Record<string, string>>();

/**
 * The sentences of a refused form by field, the one for all of it under "form": what ErrorSummary and Field take. The
 * same object for the same reply: the keyboard goes to what is wrong once, not each time the page is drawn.
 */
export function errorsOf(reply: FormReply | { ok: true } | undefined): Record<string, string> {
  if (reply === undefined || reply.ok) return NOTHING;
  const known = told.get(reply);
  if (known) return known;
  const errors = { ...reply.errors, ...(reply.message === null ? {} : { form: reply.message }) };
  told.set(reply, errors);
  return errors;
}
