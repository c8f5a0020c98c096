import { noSuch, notFound } from "../call/stripe-fault.ts";
import { type Document, type Inner, type Kind, type Kinds } from "./kinds.ts";
import { type Work } from "./work.ts";

type Row = { doc: unknown; inner_facts: unknown };

/** jsonb arrives parsed or as text, depending on who else uses the pool. */
function read<T>(value: unknown): T {
  return (typeof value === "string" ? JSON.parse(value) : value) as T;
}

function toDocument<K extends Kind>(work: Work, row: Row): Document<K> {
  const doc = read<Kinds[K]>(row.doc);
  if (doc.object === "balance_transaction" && doc.available_on * 1000 <= work.nowMs) doc.status = "available";
  return { doc, inner: read<Inner>(row.inner_facts) };
}

export async function findDocument<K extends Kind>(work: Work, kind: K, id: string): Promise<Document<K> | undefined> {
  const rows = await work.tx<Row[]>`
    select doc, inner_facts from stripe_sandbox.documents where kind = ${kind} and id = ${id}`;
  return rows[0] && toDocument<K>(work, rows[0]);
}

/** The object, or Stripe's 404. */
export async function loadDocument<K extends Kind>(work: Work, kind: K, id: string): Promise<Document<K>> {
  const found = await findDocument(work, kind, id);
  if (!found) throw notFound(kind, id);
  return found;
}

/** The object that a parameter names, or Stripe's 400. */
export async function namedDocument<K extends Kind>(
  work: Work,
  kind: K,
  named: { id: string; param: string },
): Promise<Document<K>> {
  const found = await findDocument(work, kind, named.id);
  if (!found || found.inner.deleted) throw noSuch(kind, named.id, named.param);
  return found;
}

/** The object, held until this unit of work ends, so that two calls on it follow one another. */
export async function lockDocument<K extends Kind>(work: Work, kind: K, id: string): Promise<Document<K>> {
  const rows = await work.tx<Row[]>`
    select doc, inner_facts from stripe_sandbox.documents where kind = ${kind} and id = ${id} for update`;
  if (!rows[0]) throw notFound(kind, id);
  return toDocument<K>(work, rows[0]);
}

export async function insertDocument<K extends Kind>(
  work: Work,
  document: { kind: K; doc: Kinds[K] & { id: string; created?: number }; inner?: Inner },
): Promise<Kinds[K]> {
  const { kind, doc, inner } = document;
  await work.tx`
    insert into stripe_sandbox.documents (kind, id, created, doc, inner_facts)
    values (${kind}, ${doc.id}, ${doc.created ?? Math.floor(work.nowMs / 1000)},
            ${JSON.stringify(doc)}::text::jsonb, ${JSON.stringify(inner ?? {})}::text::jsonb)`;
  return doc;
}

export async function saveDocument<K extends Kind>(
  work: Work,
  document: { kind: K; doc: Kinds[K] & { id: string }; inner?: Inner },
): Promise<Kinds[K]> {
  const { kind, doc, inner } = document;
  const facts = inner === undefined ? null : JSON.stringify(inner);
  await work.tx`
    update stripe_sandbox.documents
    set doc = ${JSON.stringify(doc)}::text::jsonb, inner_facts = coalesce(${facts}::text::jsonb, inner_facts)
    where kind = ${kind} and id = ${doc.id}`;
  return doc;
}

export type Window = {
  limit: number;
  startingAfter?: string | undefined;
  endingBefore?: string | undefined;
  /** What the objects must contain, as jsonb containment. */
  contains?: Record<string, unknown>;
  created?: { gt?: number; gte?: number; lt?: number; lte?: number };
  /** Event types; `payment_intent.*` stands for all that begin so. */
  types?: readonly string[];
  /** What the stand-in knows of them, as jsonb containment. */
  inner?: Record<string, unknown>;
};

async function sequenceOf(work: Work, kind: Kind, cursor: { id: string; param: string }): Promise<string> {
  const { id, param } = cursor;
  const rows = await work.tx<{ seq: string }[]>`
    select seq::text as seq from stripe_sandbox.documents where kind = ${kind} and id = ${id}`;
  if (!rows[0]) throw noSuch(kind, id, param);
  return rows[0].seq;
}

const likeOf = (type: string): string => type.replaceAll("_", "\\_").replaceAll("*", "%");

/** Newest first, as every list of Stripe's. */
export async function listDocuments<K extends Kind>(
  work: Work,
  kind: K,
  window: Window,
): Promise<{ data: Kinds[K][]; hasMore: boolean }> {
  const { tx } = work;
  const after = window.startingAfter
    ? await sequenceOf(work, kind, { id: window.startingAfter, param: "starting_after" })
    : null;
  const before = window.endingBefore
    ? await sequenceOf(work, kind, { id: window.endingBefore, param: "ending_before" })
    : null;
  const created = window.created ?? {};
  const rows = await tx<Row[]>`
    select doc, inner_facts from stripe_sandbox.documents
    where kind = ${kind}
      and coalesce(inner_facts->>'deleted', 'false') <> 'true'
      and doc @> ${JSON.stringify(window.contains ?? {})}::text::jsonb
      ${after === null ? tx`` : tx`and seq < ${after}::text::bigint`}
      ${before === null ? tx`` : tx`and seq > ${before}::text::bigint`}
      ${created.gt === undefined ? tx`` : tx`and created > ${created.gt}`}
      ${created.gte === undefined ? tx`` : tx`and created >= ${created.gte}`}
      ${created.lt === undefined ? tx`` : tx`and created < ${created.lt}`}
      ${created.lte === undefined ? tx`` : tx`and created <= ${created.lte}`}
      and inner_facts @> ${JSON.stringify(window.inner ?? {})}::text::jsonb
      ${window.types === undefined ? tx`` : tx`and doc->>'type' like any (${tx.array(window.types.map(likeOf))})`}
    order by seq ${before === null ? tx`desc` : tx`asc`}
    limit ${window.limit + 1}`;
  const page = rows.slice(0, window.limit).map((row) => toDocument<K>(work, row).doc);
  return { data: before === null ? page : page.reverse(), hasMore: rows.length > window.limit };
}
