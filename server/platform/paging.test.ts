import { expect, it } from "vitest";

import { decodeCursor, decodeDayCursor, decodeIdCursor, decodeInstantCursor, encodeCursor } from "./paging.ts";

const id = "01890a5d-ac96-774b-bcce-b302099a8057";
const at = "2026-11-01T10:00:00.000Z";

it("a cursor of ours is read back", () => {
  expect(decodeIdCursor(encodeCursor([id]))).toBe(id);
  expect(decodeDayCursor(encodeCursor(["2026-11-01", id]))).toEqual({ day: "2026-11-01", id });
  expect(decodeInstantCursor(encodeCursor([at, id]))).toEqual({ at, id });
});

const deep = Buffer.from(`${"[".repeat(150)}${"]".repeat(150)}`).toString("base64url");

it.each([
  ...["", "'", "__proto__", "\u0000", "W1tb", deep, "x".repeat(100_000), encodeCursor([]), encodeCursor(["'"])],
  ...[encodeCursor([`${id}'`]), encodeCursor(["2026-02-31", id]), encodeCursor([at, "'; drop table accounts; --"])],
  ...[encodeCursor(["tomorrow 1", id]), encodeCursor(["2026-13-01T10:00:00.000Z", id]), encodeCursor([at, id, id])],
])("one that is none of ours starts at the top (S50, S51): %.40j", (cursor) => {
  expect([decodeIdCursor(cursor), decodeDayCursor(cursor), decodeInstantCursor(cursor)]).toEqual([null, null, null]);
  expect(decodeCursor(cursor, 7)).toBeNull();
});
