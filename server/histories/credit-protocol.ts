import { type CreditRequest } from "#server/domains/adjustments/index.ts";

/** What a credit's process is told; the amount's minor units as text, for messages have no bigint. */
export type CreditTold = {
  input: Omit<CreditRequest, "amount"> & {
    amount: { amountMinor: string; currency: CreditRequest["amount"]["currency"] };
  };
  /** The statement it dies of, from 1. */
  diesAt: number;
  how: "before" | "after";
};
