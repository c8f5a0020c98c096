import { type TransactionSql } from "postgres";

/** One unit of work: a transaction, the moment it stands for, and who asked. */
export type Work = {
  tx: TransactionSql;
  /** The business moment, in milliseconds. Overdue duties carry the moment they were due. */
  nowMs: number;
  request: { id: string | null; idempotencyKey: string | null };
  /** Where the pages under `publicPath` are reached from a browser, without a slash at the end. */
  publicBase: string;
};

/** Stripe counts whole seconds. */
export function nowSeconds(work: Work): number {
  return Math.floor(work.nowMs / 1000);
}
