import { expect, it } from "vitest";

import { CLIENT_EVENTS } from "./realtime/events.ts";
import { stripHidden } from "./strip-hidden.ts";

it.each([
  ["an override", "pay \u202egpj.exe", "pay gpj.exe"],
  ["embeddings and isolates", "\u202aa\u202b\u202c\u202d\u2066b\u2067\u2068\u2069c", "abc"],
  ["marks", "INV-\u200e10\u200f42\u061c", "INV-1042"],
  ["what has no width", "Le\u200ba\u2060\ufeff", "Lea"],
  ["nothing of a name that runs from right to left", "משה כהן (Ltd.)", "משה כהן (Ltd.)"],
  ["nothing of a Persian word or an emoji", "می\u200cخواهم 👩\u200d👧", "می\u200cخواهم 👩\u200d👧"],
  ["nothing of lines and tabs", "a\n\tb", "a\n\tb"],
])("takes out %s", (_what, text, left) => {
  expect(stripHidden(text)).toBe(left);
});

it("a message over the socket is read so", () => {
  const ids = { conversationId: crypto.randomUUID(), clientId: crypto.randomUUID() };
  const read = CLIENT_EVENTS["message.post"].parse({ ...ids, body: "pay \u202egpj.exe" });
  expect(read.body).toBe("pay gpj.exe");
});
