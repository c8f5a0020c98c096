import { and, asc, desc, eq, inArray, ne, type SQL, sql } from "drizzle-orm";

import { type DbOrTx } from "#db/client.ts";
import { accounts } from "#db/schema/index.ts";
import { decodeCursor, type Page, PAGE_LIMIT, toPage } from "#server/platform/paging.ts";

import { type Account } from "./rows.ts";

export type FoundAccount = Pick<
  Account,
  "id" | "number" | "name" | "email" | "currency" | "zone" | "status" | "delivery" | "quarantinedAt"
>;

const columns = {
  id: accounts.id,
  number: accounts.number,
  name: accounts.name,
  email: accounts.email,
  currency: accounts.currency,
  zone: accounts.zone,
  status: accounts.status,
  delivery: accounts.delivery,
  quarantinedAt: accounts.quarantinedAt,
};

/** What is searched, letter for letter as the trigram index has it. */
const searched = sql`(${accounts.number} || ' ' || ${accounts.name} || ' ' || coalesce(${accounts.email}::text, ''))`;
const MOST_WORDS = 6;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Accounts whose number, name or e-mail address holds every word of the query, by name; all of them without a query. The
 * one with exactly this number comes first. A keyset page at a time; a cursor that is not ours starts at the top.
 */
export async function searchAccounts(
  db: DbOrTx,
  { query, after = null, limit: wanted = PAGE_LIMIT }: { query: string; after?: string | null; limit?: number },
): Promise<Page<FoundAccount>> {
  const limit = Math.min(wanted, 200);
  const words = query.normalize("NFC").trim().slice(0, 200).split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  const exact = words.length === 1 ? await findByNumber(db, words[0] ?? "") : null;
  const [name, id] = decodeCursor(after, 2) ?? [];
  const from = name !== undefined && id !== undefined && UUID.test(id) ? { name, id } : null;
  const first = exact && !from ? [exact] : [];
  const rows = await db
    .select(columns)
    .from(accounts)
    .where(
      and(
        ...words.map(holds),
        exact ? ne(accounts.id, exact.id) : undefined,
        from ? sql`(${accounts.name}, ${accounts.id}) > (${from.name}, ${from.id}::uuid)` : undefined,
      ),
    )
    .orderBy(asc(accounts.name), asc(accounts.id))
    .limit(limit + 1 - first.length);
  return toPage([...first, ...rows], limit, (account) => [account.name, account.id]);
}

const holds = (word: string): SQL => sql`${searched} ilike ${`%${word.replace(/[\\%_]/g, "\\$&")}%`}`;

async function findByNumber(db: DbOrTx, number: string): Promise<FoundAccount | null> {
  const [row] = await db
    .select(columns)
    .from(accounts)
    .where(inArray(accounts.number, [number, number.toUpperCase()]))
    .orderBy(desc(eq(accounts.number, number)))
    .limit(1);
  return row ?? null;
}
