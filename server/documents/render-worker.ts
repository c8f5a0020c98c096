import { parentPort } from "node:worker_threads";

import { type Answer, type Order } from "./create-documents.ts";
import { renderBill, renderReceipt } from "./render.tsx";

/** The far side of create-documents: one order after the other, each answered by its id. */
parentPort?.on("message", (order: Order) => {
  const done = order.kind === "bill" ? renderBill(order.data) : renderReceipt(order.data);
  done.then(
    (bytes) => parentPort?.postMessage({ id: order.id, bytes } satisfies Answer),
    (error: unknown) => parentPort?.postMessage({ id: order.id, problem: String(error) } satisfies Answer),
  );
});
