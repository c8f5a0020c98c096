import { type Sql, type TransactionSql } from "postgres";

/** Longer texts are batches made for one occasion: keeping their plans would only fill the server's memory. */
const LONGEST_KEPT = 6_000;

type Client = Pick<Sql, "unsafe">;

/**
 * Makes the statements of a query builder keep their plans on their connection. It hands every statement to `unsafe`,
 * which by itself asks the server to describe it first: two round trips and a new plan each time instead of one.
 * (PgBouncer in transaction mode needs 1.21 or newer, which carries prepared statements itself.)
 */
export function keepPlans(sql: Sql): Sql {
  const begin = sql.begin.bind(sql) as (work: (tx: TransactionSql) => unknown) => Promise<unknown>;
  return Object.assign(remember(sql), {
    begin: (work: (tx: TransactionSql) => unknown) => begin((tx) => work(keepPlansInside(tx))),
  }) as Sql;
}

function keepPlansInside(tx: TransactionSql): TransactionSql {
  const savepoint = tx.savepoint.bind(tx) as (work: (tx: TransactionSql) => unknown) => Promise<unknown>;
  return Object.assign(remember(tx, handOver), {
    savepoint: (work: (inner: TransactionSql) => unknown) => savepoint((inner) => work(keepPlansInside(inner))),
  }) as TransactionSql;
}

type Statement = ReturnType<Client["unsafe"]>;

/** When it is called, not when it is awaited: what is called before COMMIT reaches the server before it. */
function handOver(statement: Statement): Statement {
  void statement.execute();
  return statement;
}

function remember<C extends Client>(client: C, hand = (statement: Statement) => statement): C {
  const unsafe = client.unsafe.bind(client) as Client["unsafe"];
  const kept = (...[text, parameters, options]: Parameters<Client["unsafe"]>) =>
    hand(unsafe(text, parameters, { ...options, prepare: text.length <= LONGEST_KEPT }));
  return Object.assign(client, { unsafe: kept as Client["unsafe"] });
}
