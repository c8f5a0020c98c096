import { findDocument } from "../store/documents.ts";
import { kindOfId } from "../store/kinds.ts";
import { type Work } from "../store/work.ts";
import { badParameter } from "./stripe-fault.ts";

async function follow(work: Work, value: unknown): Promise<unknown> {
  if (typeof value !== "string") return value;
  const kind = kindOfId(value);
  if (!kind) return value;
  return (await findDocument(work, kind, value))?.doc ?? value;
}

/** Not on every object until it is asked for. */
const onDemand = new Set(["refunds"]);

function cannotExpand(name: string, node: object): Error {
  const inList =
    "object" in node && node.object === "list" ? ` You may want to try expanding 'data.${name}' instead.` : "";
  return badParameter({ param: "expand", message: `This property cannot be expanded (${name}).${inList}` });
}

async function expandAt(work: Work, node: unknown, path: string[]): Promise<void> {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    for (const item of node) await expandAt(work, item, path);
    return;
  }
  const [name, ...rest] = path;
  if (name === undefined) return;
  const record = node as Record<string, unknown>;
  if (!(name in record) && !onDemand.has(name)) throw cannotExpand(name, record);
  if (name === "refunds" && record["object"] === "charge") record[name] = await refundsOf(work, String(record["id"]));
  const value = record[name];
  record[name] = Array.isArray(value)
    ? await Promise.all(value.map((item) => follow(work, item)))
    : await follow(work, value);
  await expandAt(work, record[name], rest);
}

async function refundsOf(work: Work, charge: string): Promise<unknown> {
  const rows = await work.tx<{ doc: unknown }[]>`
    select doc from stripe_sandbox.documents
    where kind = 'refund' and doc @> ${JSON.stringify({ charge })}::text::jsonb order by seq desc limit 10`;
  const data = rows.map(({ doc }) => (typeof doc === "string" ? (JSON.parse(doc) as unknown) : doc));
  return { object: "list", data, has_more: false, url: `/v1/charges/${charge}/refunds` };
}

/** Replaces ids by their objects along each dotted path, in a copy. */
export async function expanded(work: Work, body: unknown, paths: readonly string[]): Promise<unknown> {
  if (paths.length === 0) return body;
  const copy: unknown = structuredClone(body);
  for (const path of paths) {
    const parts = path.split(".");
    if (parts.length > 4)
      throw badParameter({ param: "expand", message: "You cannot expand more than 4 levels of a property." });
    await expandAt(work, copy, parts);
  }
  return copy;
}
