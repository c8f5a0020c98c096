import { Worker } from "node:worker_threads";

import { bug } from "#server/platform/faults.ts";

import { type BillData, type ReceiptData, type StatementData } from "./document-data.ts";

/** Documents as PDF: data in, bytes out. Throws a fault when one cannot be made. */
export type Documents = {
  bill: (data: BillData) => Promise<Buffer>;
  receipt: (data: ReceiptData) => Promise<Buffer>;
  statement: (data: StatementData) => Promise<Buffer>;
};

export type Order = { id: number } & (
  { kind: "bill"; data: BillData } | { kind: "receipt"; data: ReceiptData } | { kind: "statement"; data: StatementData }
);
export type Answer = { id: number; bytes: Uint8Array; problem?: undefined } | { id: number; problem: string };

type Waiting = { settle: (bytes: Buffer) => void; fail: (error: Error) => void };

/** A document that takes longer has gone wrong: even thousands of lines are done by then. */
const LONGEST_MS = 60_000;

/**
 * Makes documents in a thread of their own: laying out a bill of 200 lines takes a second of pure work, and meanwhile
 * conversations go on. The thread starts with the first document, and does not keep the process alive. Whatever ends it
 * fails the documents it had; the next one starts another.
 */
export function createDocuments(): Documents {
  let thread: { worker: Worker; waiting: Map<number, Waiting> } | undefined;
  let lastId = 0;

  function start(): { worker: Worker; waiting: Map<number, Waiting> } {
    const waiting = new Map<number, Waiting>();
    const worker = new Worker(new URL("./render-thread.js", import.meta.url), { execArgv: [] });
    worker.unref();
    worker.on("message", (answer: Answer) => {
      const one = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.problem !== undefined) one?.fail(bug(`a document could not be made: ${answer.problem}`));
      else one?.settle(Buffer.from(answer.bytes));
    });
    const end = (error: Error) => {
      if (thread?.worker === worker) thread = undefined;
      for (const { fail } of waiting.values()) fail(error);
      waiting.clear();
    };
    worker.on("error", (error) => end(bug("the thread that makes documents broke", error)));
    worker.on("exit", () => end(bug("the thread that makes documents ended")));
    return { worker, waiting };
  }

  async function make(order: Omit<Order, "id">): Promise<Buffer> {
    const { worker, waiting } = (thread ??= start());
    const id = ++lastId;
    const bytes = new Promise<Buffer>((settle, fail) => waiting.set(id, { settle, fail }));
    const tooLong = setTimeout(() => void worker.terminate(), LONGEST_MS);
    worker.postMessage({ ...order, id });
    return bytes.finally(() => clearTimeout(tooLong));
  }

  return {
    bill: (data) => make({ kind: "bill", data }),
    receipt: (data) => make({ kind: "receipt", data }),
    statement: (data) => make({ kind: "statement", data }),
  };
}
