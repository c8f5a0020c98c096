import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type ThreadData, type ThreadMessage } from "#app/contracts/realtime/thread.ts";

import { startState, takeCatchUp, takeLoader, takeMessage, takeRead, type ThreadState } from "./thread-state.ts";

const message = (seq: number, body = `m${seq}`): ThreadMessage => ({
  ...{ id: `id-${seq}`, seq, clientId: `c-${seq}`, kind: "text", body, meta: {}, card: null, files: [] },
  sender: { loginId: "ana", role: "customer", name: "Ana" },
  createdAt: new Date(Date.UTC(2026, 10, 23, 15, 0, seq)).toISOString(),
});

const data = (messages: ThreadMessage[]): ThreadData => ({
  conversation: {
    ...{
      id: "c",
      number: "C-1",
      title: "t",
      subject: "general",
      subjectId: null,
      state: "waiting",
      accountId: "a",
      accountNumber: "A-1",
    },
    ...{ personLoginId: "ana", personName: "Ana", assigneeLoginId: null, assigneeName: null },
    lastSeq: messages.at(-1)?.seq ?? 0,
  },
  ...{ messages, more: false, reads: [], me: { loginId: "sam", name: "Sam", staff: true }, clientId: "x" },
});

describe("a thread keeps up by sequence", () => {
  it("a message in order moves on, a gap says so, a repetition changes nothing", () => {
    const start = startState(data([message(1)]));
    const second = takeMessage(start, message(2));
    expect(second.gap).toBe(false);
    expect(second.state.upTo).toBe(2);
    const fourth = takeMessage(second.state, message(4));
    expect(fourth).toMatchObject({ gap: true, state: { upTo: 2 } });
    expect(takeMessage(fourth.state, message(4)).state.messages.map(({ seq }) => seq)).toEqual([1, 2, 4]);
    const caught = takeCatchUp(fourth.state, 2, [message(3), message(4)]);
    expect(caught).toMatchObject({ upTo: 4 });
    expect(caught.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  it("an answer that began after a hole does not hide the hole", () => {
    const start = startState(data([message(1)]));
    expect(takeCatchUp(start, 5, [message(6)]).upTo).toBe(1);
  });

  it("a card's later state wins; a loader read anew loses nothing that came since", () => {
    const start = takeMessage(startState(data([message(1)])), message(2)).state;
    const again = takeLoader(start, data([message(1, "changed")]));
    expect(again.messages.map(({ body }) => body)).toEqual(["changed", "m2"]);
    expect(again.upTo).toBe(2);
  });

  it("reading never goes back", () => {
    const reads = [{ loginId: "ana", name: "Ana", role: "customer" as const, lastReadSeq: 3 }];
    const start: ThreadState = { ...startState(data([message(1)])), reads };
    expect(takeRead(start, { loginId: "ana", seq: 2 }).reads[0]?.lastReadSeq).toBe(3);
    expect(takeRead(start, { loginId: "ana", seq: 5 }).reads[0]?.lastReadSeq).toBe(5);
  });

  it("whatever is lost, doubled or late, asking from `upTo` fills every hole", () => {
    const told = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 });
    fc.assert(
      fc.property(told, (seqs) => {
        let state = startState(data([]));
        for (const seq of seqs) state = takeMessage(state, message(seq)).state;
        const rest = Array.from({ length: 30 - state.upTo }, (_, i) => message(state.upTo + i + 1));
        state = takeCatchUp(state, state.upTo, rest);
        expect(state.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
      }),
    );
  });
});
