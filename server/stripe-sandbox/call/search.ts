import { listDocuments } from "../store/documents.ts";
import { type Kind } from "../store/kinds.ts";
import { integer, requiredText, text } from "./params.ts";
import { ok, type Call, type Reply } from "./reply.ts";
import { badParameter } from "./stripe-fault.ts";

type Clause = { field: string; sign: string; value: string; not: boolean };

/** How many objects a search looks through, newest first. */
const horizon = 10_000;
const clause =
  /^(-)?([a-z_0-9]+(?:\.[a-z_0-9]+)*|metadata\["?'?[^\]]+?'?"?\])\s*(:|~|>=|<=|>|<)\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s]+)/;

function unquoted(value: string): string {
  return /^["']/.test(value) ? value.slice(1, -1).replaceAll(/\\(.)/g, "$1") : value;
}

const wrong = (query: string) =>
  badParameter({
    param: "query",
    message: `We were unable to parse your search query near "${query.slice(0, 40)}". Example: status:'succeeded' AND metadata['order']:'7'.`,
  });

/** Stripe's search language: clauses joined by AND, or all by OR. Source: docs.stripe.com/search#search-query-language. */
function parse(query: string): { clauses: Clause[]; any: boolean } {
  const clauses: Clause[] = [];
  const joints = new Set<string>();
  let rest = query.trim();
  for (;;) {
    const found = clause.exec(rest);
    if (!found) throw wrong(rest);
    const [all, not, field = "", sign = "", value = ""] = found;
    clauses.push({ field, sign, value: unquoted(value), not: not !== undefined });
    rest = rest.slice(all.length).trim();
    if (rest === "") break;
    const joint = /^(AND|OR)\s+/i.exec(rest);
    if (joint?.[1]) joints.add(joint[1].toUpperCase());
    rest = joint ? rest.slice(joint[0].length) : rest;
  }
  if (joints.size > 1)
    throw badParameter({ param: "query", message: "A query joins its clauses by AND or by OR, not by both." });
  return { clauses, any: joints.has("OR") };
}

function valueOf(doc: object, field: string): unknown {
  const key = /^metadata\["?'?(.+?)'?"?\]$/.exec(field)?.[1];
  const path = key === undefined ? field.split(".") : ["metadata", key];
  return path.reduce<unknown>(
    (at, name) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[name] : undefined),
    doc,
  );
}

function holds(doc: object, { field, sign, value, not }: Clause): boolean {
  const found = valueOf(doc, field);
  const same = () => {
    if (value === "null") return found === undefined || found === null;
    if (found === undefined || found === null) return false;
    const written = typeof found === "object" ? JSON.stringify(found) : String(found as string | number | boolean);
    if (sign === ":") return written.toLowerCase() === value.toLowerCase();
    if (sign === "~") return written.toLowerCase().includes(value.toLowerCase());
    const [left, right] = [Number(written), Number(value)];
    return { ">": left > right, ">=": left >= right, "<": left < right, "<=": left <= right }[sign] ?? false;
  };
  return same() !== not;
}

/** Answers a page of what a query finds. Stripe's index is late by up to a minute; this one is not. */
export async function searchPage({ work, params, path }: Call, kind: Kind): Promise<Reply> {
  const limit = integer(params, "limit") ?? 10;
  const { clauses, any } = parse(requiredText(params, "query"));
  const { data } = await listDocuments(work, kind, { limit: horizon, startingAfter: text(params, "page") });
  const found = data.filter((doc) =>
    any ? clauses.some((one) => holds(doc, one)) : clauses.every((one) => holds(doc, one)),
  );
  const page = found.slice(0, limit);
  const more = found.length > limit;
  const last = page.at(-1);
  return ok({
    object: "search_result",
    data: page,
    has_more: more,
    next_page: more && last ? last.id : null,
    url: path,
  });
}
