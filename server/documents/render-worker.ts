import { parentPort } from "node:worker_threads";

import { type Answer, type Order } from "./create-documents.ts";
import { renderBill, renderReceipt, renderStatement } from "./render.tsx";

/** The far side of create-documents: one order after the other, each answered by its id. */
parentPort?.on("message", (order: Order) => {
  render(order).then(
    (bytes) => parentPort?.postMessage({ id: order.id, bytes } satisfies Answer),
    (error: unknown) => parentPort?.postMessage({ id: order.id, problem: String(error) } satisfies Answer),
  );
});

function render(order: Order): Promise<Buffer> {
  switch (order.kind) {
    case "bill":
      return renderBill(order.data);
    case "receipt":
      return renderReceipt(order.data);
    case "statement":
      return renderStatement(order.data);
  }
}
