/** What the thread's form is answered: a sentence, and everything that was typed. */
export type ComposerReply = { ok: boolean; message?: string | null; values?: Record<string, string> };
