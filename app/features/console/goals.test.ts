import { expect, it } from "vitest";

import { goalsFor } from "./goals.ts";

const places = [
  { to: "/console", label: "Inbox" },
  { to: "/console/disputes", label: "Disputes" },
];
const accounts = [{ number: "LKW-10186", name: "Mia Rahman" }];

it.each([
  ["", ["/console", "/console/disputes"]],
  ["disp", ["/console/disputes"]],
  ["c-1016", ["/console/c/C-1016"]],
  ["dsp-1001", ["/console/disputes/DSP-1001"]],
  ["C-1016/../x", []],
])("%j leads to %j", (query, to) => {
  expect(goalsFor({ query, places, accounts: [] }).map((goal) => goal.to)).toEqual(to);
});

it("accounts that were found stand after the pages of that name", () => {
  expect(goalsFor({ query: "mia", places, accounts })).toEqual([
    { to: "/console/accounts/LKW-10186", label: "Mia Rahman", note: "LKW-10186" },
  ]);
});
