import { sqlState } from "./transaction.ts";

/** No such character in this encoding, and in JSON: a zero byte, half of a pair. */
const codes: readonly (string | undefined)[] = ["22021", "22P05"];

/** Whether a statement failed because its text is one that PostgreSQL cannot keep: whoever sent it is wrong, not we. */
export const isUnkeepable = (error: unknown): boolean => codes.includes(sqlState(error));
