import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { conversationState } from "#db/schema/index.ts";

import {
  cleanBody,
  CONVERSATION_STEPS,
  decideBody,
  heldByAnother,
  MAX_BODY,
  nextStanding,
  shorten,
  stepsFrom,
} from "./rules.ts";

const states = conversationState.enumValues;
type State = (typeof states)[number];
type Step = (typeof CONVERSATION_STEPS)[number];

/** [state, rep] after each step by "sam", from a conversation that "ana" has (waiting: nobody). Missing: refused. */
const table: Record<State, Partial<Record<Step, [State, string | null]>>> = {
  waiting: {
    customer_writes: ["waiting", null],
    staff_replies: ["assigned", "sam"],
    claim: ["assigned", "sam"],
    assign: ["assigned", "sam"],
    snooze: ["snoozed", "sam"],
    close: ["closed", null],
  },
  assigned: {
    customer_writes: ["assigned", "ana"],
    staff_replies: ["assigned", "ana"],
    claim: ["assigned", "sam"],
    assign: ["assigned", "sam"],
    release: ["waiting", null],
    snooze: ["snoozed", "ana"],
    close: ["closed", "ana"],
  },
  snoozed: {
    customer_writes: ["assigned", "ana"],
    staff_replies: ["assigned", "ana"],
    claim: ["assigned", "sam"],
    assign: ["assigned", "sam"],
    release: ["waiting", null],
    snooze: ["snoozed", "ana"],
    wake: ["assigned", "ana"],
    close: ["closed", "ana"],
  },
  closed: {
    customer_writes: ["waiting", null],
    staff_replies: ["assigned", "sam"],
    reopen: ["assigned", "sam"],
  },
};

describe("the conversation state machine", () => {
  for (const state of states) {
    for (const step of CONVERSATION_STEPS) {
      const to = table[state][step];
      it(`${step} from ${state} leads to ${to ? to.join(" ") : "a refusal"}`, () => {
        const assigneeLoginId = state === "waiting" ? null : "ana";
        const next = nextStanding({ state, assigneeLoginId }, step, "sam");
        expect(next).toEqual(to ? { state: to[0], assigneeLoginId: to[1] } : null);
        expect(stepsFrom(state).includes(step)).toBe(to !== undefined);
      });
    }
  }

  it("whatever is done in whatever order, assigned names a rep and waiting names nobody", () => {
    const step = fc.record({
      step: fc.constantFrom(...CONVERSATION_STEPS),
      rep: fc.constantFrom("ana", "sam", null),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let at: { state: State; assigneeLoginId: string | null } = { state: "waiting", assigneeLoginId: null };
        for (const { step, rep } of steps) {
          at = nextStanding(at, step, rep) ?? at;
          if (at.state === "assigned") expect(at.assigneeLoginId).not.toBeNull();
          if (at.state === "waiting") expect(at.assigneeLoginId).toBeNull();
        }
      }),
    );
  });
});

describe("who is asked before it is taken", () => {
  it.each([
    ["waiting", null, null],
    ["assigned", "ana", "ana"],
    ["assigned", "sam", null],
    ["snoozed", "ana", "ana"],
    ["snoozed", null, null],
    ["closed", "ana", null],
  ] as const)("%s, with %s: %s", (state, assigneeLoginId, holder) => {
    expect(heldByAnother({ state, assigneeLoginId }, "sam")).toBe(holder);
  });
});

describe("what may be written", () => {
  it.each([
    ["", 0, "empty"],
    ["", 1, "allowed"],
    ["x", 0, "allowed"],
    ["x".repeat(MAX_BODY), 0, "allowed"],
    ["x".repeat(MAX_BODY + 1), 0, "too_long"],
  ] as const)("a text (%#) with %i more files", (body, files, decision) => {
    expect(decideBody(body, files)).toBe(decision);
  });

  it.each([
    ["short enough", 20, "short enough"],
    ["one two three", 9, "one two…"],
    ["one two three", 6, "one…"],
    ["onetwothree", 6, "onetwo…"],
    ["a 👋👋👋👋", 5, "a 👋…"],
    ["one\ntwo three", 8, "one\ntwo…"],
  ])("%j of at most %i signs begins %j", (text, most, begins) => {
    expect(shorten(text, most)).toBe(begins);
  });

  it("keeps line breaks and other scripts, drops what cannot be stored or seen", () => {
    expect(cleanBody("  a\r\nb\rc\u0000\u0007 \u0661 👋\n ")).toBe("a\nb\nc \u0661 👋");
  });
});
