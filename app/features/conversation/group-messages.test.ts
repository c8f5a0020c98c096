import { expect, it } from "vitest";

import { type ThreadMessage } from "#app/contracts/realtime/thread.ts";

import { groupMessages } from "./group-messages.ts";

const at = (time: string, sender: string, kind: ThreadMessage["kind"] = "text"): ThreadMessage => ({
  ...{ id: `${time} ${sender}`, seq: 1, clientId: "", kind, body: "", meta: {}, card: null, files: [] },
  sender: { loginId: sender, role: sender === "ana" ? "customer" : "staff", name: sender },
  createdAt: `2026-11-${time}:00Z`,
});

it("a thread is cut by the reader's day, then by who speaks; notes and cards stand apart", () => {
  const days = groupMessages(
    [
      at("23T03:30", "ana"),
      at("23T05:30", "ana"),
      at("23T05:33", "ana"),
      at("23T05:34", "sam", "note"),
      at("23T05:35", "sam"),
      at("23T05:36", "sam", "card"),
      at("23T05:37", "sam"),
      at("23T06:37", "sam"),
    ],
    "America/New_York",
  );
  expect(days.map(({ key, runs }) => [key, runs.map(({ kind, messages }) => `${kind} ${messages.length}`)])).toEqual([
    ["2026-11-22", ["talk 1"]],
    ["2026-11-23", ["talk 2", "note 1", "talk 1", "alone 1", "talk 1", "talk 1"]],
  ]);
});
