import { z } from "zod";

import { type SeenBill } from "#app/contracts/pay-changes.ts";

const shown = z
  .array(z.tuple([z.uuid(), z.string().max(60), z.string().regex(/^\d{1,15}$/)]))
  .max(500)
  .transform((rows) => rows.map(([invoiceId, number, minor]) => ({ invoiceId, number, payableMinor: BigInt(minor) })));

/** What a pay form had shown when it was sent. Unreadable is as good as nothing: it serves words alone. */
export function readShown(text: string | undefined): SeenBill[] {
  try {
    const read = shown.safeParse(JSON.parse(text ?? "[]"));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
}
