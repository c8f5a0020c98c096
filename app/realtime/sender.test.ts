import { beforeEach, describe, expect, it, vi } from "vitest";

import { type Ack } from "#app/contracts/realtime/events.ts";

import { type OutboxStore, type Pending } from "./outbox.ts";
import { type ConnectionStatus, type RealtimeClient } from "./realtime-client.ts";
import { createSender, type Sender } from "./sender.ts";

type Answer = Ack<"message.post">;
const stored = (seq: number): Answer => ({ ok: true, messageId: `m${seq}`, seq, createdAt: "", fresh: true });

let status: ConnectionStatus;
let answers: (Answer | Error)[];
let sent: string[];
let kept: readonly Pending[];
let done: string[];
let sender: Sender;

/** The line to the server as the sender sees it; what it would answer is listed. */
const client = {
  getStatus: () => status,
  request: (_name: string, payload: { clientId: string }) => {
    sent.push(payload.clientId);
    const answer = answers.shift() ?? stored(sent.length);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  },
} as unknown as RealtimeClient;

beforeEach(() => {
  let id = 0;
  [status, answers, sent, kept, done] = ["on", [], [], [], []];
  const outbox: OutboxStore = { read: () => [...kept], write: (pending) => (kept = pending) };
  sender = createSender({
    ...{ client, outbox, conversationId: "c", onChange: () => undefined, onStale: () => undefined },
    makeId: () => `id${++id}`,
    onStored: ({ clientId }) => done.push(clientId),
  });
});

describe("what was written is kept until it is stored", () => {
  it("goes out in order and leaves the outbox", async () => {
    sender.send({ body: "a" }, null);
    sender.send({ body: "b" }, null);
    await vi.waitFor(() => expect(done).toEqual(["id1", "id2"]));
    expect(kept).toEqual([]);
  });

  it("waits without a line, and goes out with the next one under the same id", async () => {
    status = "connecting";
    sender.send({ body: "a" }, null);
    await vi.waitFor(() => expect(kept).toMatchObject([{ clientId: "id1", status: "waiting" }]));
    status = "on";
    sender.flush();
    await vi.waitFor(() => expect(done).toEqual(["id1"]));
    expect(sent).toEqual(["id1"]);
  });

  it("a server that is without its database for a moment gets it again, under the same id, unasked", async () => {
    answers = [{ ok: false, reason: "unavailable", retryAfterMs: 5 }];
    sender.send({ body: "a" }, null);
    sender.send({ body: "b" }, null);
    await vi.waitFor(() => expect(done).toEqual(["id1", "id2"]));
    expect(sent).toEqual(["id1", "id1", "id2"]);
  });

  it("an answer that never came is no answer: the writer is asked, and a repetition has the same id", async () => {
    answers = [new Error("timeout")];
    sender.send({ body: "a" }, null);
    await vi.waitFor(() => expect(kept).toMatchObject([{ status: "failed" }]));
    sender.retry("id1");
    await vi.waitFor(() => expect(done).toEqual(["id1"]));
    expect(sent).toEqual(["id1", "id1"]);
  });

  it("a rep is told what came meanwhile, and may send anyway or take it back", async () => {
    answers = [{ ok: false, reason: "stale" }];
    sender.send({ body: "a" }, 4);
    await vi.waitFor(() => expect(kept).toMatchObject([{ status: "stale", seenSeq: 4 }]));
    sender.retry("id1");
    await vi.waitFor(() => expect(done).toEqual(["id1"]));
    answers = [{ ok: false, reason: "stale" }];
    sender.send({ body: "b" }, 4);
    await vi.waitFor(() => expect(kept).toMatchObject([{ status: "stale" }]));
    expect(sender.discard("id2")).toBe("b");
    expect(kept).toEqual([]);
  });

  it("takes up what an earlier page left", async () => {
    status = "connecting";
    sender.send({ body: "a" }, null);
    await vi.waitFor(() => expect(kept).toHaveLength(1));
    const left = kept;
    sender.discard("id1");
    kept = left;
    status = "on";
    sender.restore();
    sender.flush();
    await vi.waitFor(() => expect(done).toEqual(["id1"]));
  });
});
