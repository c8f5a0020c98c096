import { type LocalDate, parseLocalDate } from "#app/contracts/local-date.ts";

/** Keyset pages: a list never counts what it skips, so depth 100,000 costs what depth 0 costs. */
export type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };

export const PAGE_LIMIT = 50;

/** Cuts a list fetched with limit + 1 rows into a page and the cursor of its last row. */
export function toPage<T>(
  rows: readonly T[],
  limit: number,
  cursorOf: (row: T) => readonly (string | bigint | number)[],
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor(cursorOf(last)) : null };
}

export const encodeCursor = (parts: readonly (string | bigint | number)[]): string =>
  Buffer.from(JSON.stringify(parts.map(String))).toString("base64url");

/** The parts of a cursor, or null when it is not one of ours or has another length: then start at the top. */
export function decodeCursor(cursor: string | null | undefined, length: number): readonly string[] | null {
  if (!cursor || cursor.length > 400) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const valid = Array.isArray(parts) && parts.length === length && parts.every((p) => typeof p === "string");
    return valid ? (parts as string[]) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The cursor of a list ordered by day and id, or null when it is not one of ours: then start at the top. */
export function decodeDayCursor(cursor: string | null | undefined): { day: LocalDate; id: string } | null {
  const [text = "", id = ""] = decodeCursor(cursor, 2) ?? [];
  const day = parseLocalDate(text);
  return day !== null && UUID.test(id) ? { day, id } : null;
}

/** The cursor of a list ordered by id, or null when it is not one of ours. */
export function decodeIdCursor(cursor: string | null | undefined): string | null {
  const [id = ""] = decodeCursor(cursor, 1) ?? [];
  return UUID.test(id) ? id : null;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** The cursor of a list ordered by instant and id, or null when it is not one of ours. */
export function decodeInstantCursor(cursor: string | null | undefined): { at: string; id: string } | null {
  const [at = "", id = ""] = decodeCursor(cursor, 2) ?? [];
  return INSTANT.test(at) && !Number.isNaN(Date.parse(at)) && UUID.test(id) ? { at, id } : null;
}
