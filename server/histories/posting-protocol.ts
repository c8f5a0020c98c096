import { localDate } from "#app/contracts/local-date.ts";

/** One payment by hand, as it is told to another process: plain JSON. */
export type Posting = { accountId: string; invoiceId: string };

/** What to book, and before which of its statements the process dies; null lives. */
export type Asked = { postings: readonly Posting[]; dieAt: number | null };

/** All is booked, by so many statements. */
export type Booked = { statements: number };

/** 60.00 of a bill, in cash; the key is the account's. */
export const inputOf = ({ accountId, invoiceId }: Posting) => ({
  ...{ accountId, kind: "cash" as const, amountMinor: 60_00n, reference: null, receivedOn: localDate("2026-11-23") },
  ...{ bills: [{ invoiceId, amountMinor: 60_00n }], idempotencyKey: `killed ${accountId}` },
});
