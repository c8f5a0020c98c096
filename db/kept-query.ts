import { type DbOrTx } from "./client.ts";

/**
 * A query whose text is put together once for each pool, for what nearly every page asks: making the same text anew took
 * longer than reading its answer. What differs from one time to the next is a `sql.placeholder`, filled in by `execute`.
 */
export function keptQuery<Prepared>(prepare: (db: DbOrTx) => Prepared): (db: DbOrTx) => Prepared {
  const kept = new WeakMap<DbOrTx, Prepared>();
  return (db) => {
    const known = kept.get(db);
    if (known !== undefined) return known;
    const made = prepare(db);
    kept.set(db, made);
    return made;
  };
}
