import { describe, expect, it } from "vitest";

import { errorsOf, type FormReply } from "./form-reply.ts";

const reply = (): FormReply => ({ ok: false, errors: { amount: "Too much." }, message: "Look again.", values: {} });

describe("the sentences of a refused form", () => {
  it("hold the one for all of it under form; an accepted one and none have none", () => {
    expect(errorsOf(reply())).toEqual({ amount: "Too much.", form: "Look again." });
    expect([errorsOf({ ok: true }), errorsOf(undefined)]).toEqual([{}, {}]);
  });

  it("are the same object for the same answer, so that drawing a page again moves no focus, and anew for the next", () => {
    const first = reply();
    expect(errorsOf(first)).toBe(errorsOf(first));
    expect(errorsOf(reply())).not.toBe(errorsOf(first));
    expect(errorsOf(undefined)).toBe(errorsOf({ ok: true }));
  });
});
