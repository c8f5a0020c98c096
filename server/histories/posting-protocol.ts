import { localDate } from "#app/contracts/local-date.ts";

/** One payment by hand, as it is told to another process: plain JSON. */
export type Posting = { accountId: string; invoiceId: string };

/** 60.00 of a bill, in cash; the key is the account's. */
export const inputOf = ({ accountId, invoiceId }: Posting) => ({
  ...{ accountId, kind: "cash" as const, amountMinor: 60_00n, reference: null, receivedOn: localDate("2026-11-23") },
  ...{ bills: [{ invoiceId, amountMinor: 60_00n }], idempotencyKey: `killed ${accountId}` },
});
