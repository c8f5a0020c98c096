import { listDocuments, namedDocument, type Window } from "../store/documents.ts";
import { type Kind } from "../store/kinds.ts";
import { created, integer, text } from "./params.ts";
import { ok, type Call, type Reply } from "./reply.ts";
import { badParameter } from "./stripe-fault.ts";

/** Answers a page of a kind, newest first, with Stripe's cursors. */
export async function listPage(
  call: Call,
  kind: Kind,
  filter: Pick<Window, "contains" | "types" | "inner"> = {},
): Promise<Reply> {
  const { work, params } = call;
  const limit = integer(params, "limit") ?? 10;
  if (limit < 1 || limit > 100)
    throw badParameter({ param: "limit", message: "This value must be between 1 and 100 (inclusive)." });
  const customer = text(params, "customer");
  if (customer !== undefined) await namedDocument(work, "customer", { id: customer, param: "customer" });
  const { data, hasMore } = await listDocuments(work, kind, {
    ...filter,
    limit,
    startingAfter: text(params, "starting_after"),
    endingBefore: text(params, "ending_before"),
    created: created(params),
  });
  return ok({ object: "list", data, has_more: hasMore, url: call.path });
}
