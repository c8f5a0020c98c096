import { type Money } from "./money.ts";

export type Change = { label: string; before: Money; after: Money };

/** What a refund would change, per bill and of the account; no message where the form cannot be read yet. */
export type RefundPreviewShown =
  { ok: true; bills: { number: string; rows: Change[] }[]; account: Change[] } | { ok: false; message: string | null };
