import { type SQL, type SQLWrapper } from "drizzle-orm";

/**
 * A statement whose text never changes, for what is done so often that putting the same text together again counts: of a
 * small posting it is a tenth. Parameters are told as text, by their place ($1, $2, …).
 */
export const fixedStatement =
  (text: string) =>
  (parameters: readonly (string | null)[]): SQLWrapper => ({
    // All that the query builder asks of a statement it executes.
    getSQL: () => ({ toQuery: () => ({ sql: text, params: [...parameters] }) }) as unknown as SQL,
  });
