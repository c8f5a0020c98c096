import { listPage } from "../call/list.ts";
import { text, texts } from "../call/params.ts";
import { ok, type Call, type Endpoint } from "../call/reply.ts";
import { loadDocument } from "../store/documents.ts";

async function list(call: Call) {
  const type = text(call.params, "type");
  const types = texts(call.params, "types") ?? (type === undefined ? undefined : [type]);
  return listPage(call, "event", types ? { types } : {});
}

export const eventEndpoints: Endpoint[] = [
  { method: "get", path: "/v1/events", run: list },
  {
    method: "get",
    path: "/v1/events/:id",
    run: async (call) => ok((await loadDocument(call.work, "event", call.id)).doc),
  },
  {
    method: "get",
    path: "/v1/mandates/:id",
    run: async (call) => ok((await loadDocument(call.work, "mandate", call.id)).doc),
  },
];
