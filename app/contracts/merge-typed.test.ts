import { expect, it } from "vitest";

import { mergeTyped } from "./merge-typed.ts";

const typed = { name: "Ana", phone: "+1 999", city: "" };
const standing = { name: "Ana Ruiz", phone: "+1 111", city: "Larkhaven" };

it("a field that was left alone takes what stands now, one that was typed stays", () => {
  const seen = JSON.stringify({ name: "Ana", phone: "", city: "" });
  expect(mergeTyped({ typed, seen, standing })).toEqual({ name: "Ana Ruiz", phone: "+1 999", city: "Larkhaven" });
});

it.each([undefined, "", "null", "[", "[1]", '{"name":1}'])("with the note %j everything counts as typed", (seen) => {
  expect(mergeTyped({ typed, seen, standing })).toEqual(typed);
});
