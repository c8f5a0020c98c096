import { randomUUID } from "node:crypto";

import { describe, expect, it } from "vitest";
import { z } from "zod";

import { formKeyFor, nextFormKey, otherAccount } from "./form-key.server.ts";

const pat = { id: randomUUID(), name: "Pat", number: "A-1" };
const quinn = { id: randomUUID(), name: "Quinn", number: "A-2" };

describe("the key of a form about an account", () => {
  it("is one per form", () => {
    const keys = Array.from({ length: 100 }, () => formKeyFor(pat.id));
    expect(new Set(keys).size).toBe(100);
    expect(keys.every((key) => z.uuid().safeParse(key).success)).toBe(true);
  });

  it("is refused on another account, by name", () => {
    const key = formKeyFor(pat.id);
    expect(otherAccount(key, pat)).toBeNull();
    expect(otherAccount(key, quinn)).toContain("account A-2, Quinn");
  });

  it("stays with its account when the attempt is another one", () => {
    const key = formKeyFor(pat.id);
    const next = nextFormKey(key);
    expect(next).not.toBe(key);
    expect(otherAccount(next, pat)).toBeNull();
    expect(otherAccount(next, quinn)).not.toBeNull();
  });

  it("says nothing where it was bound to none", () => {
    expect(otherAccount(randomUUID(), pat)).toBeNull();
    expect(otherAccount(nextFormKey(randomUUID()), pat)).toBeNull();
    expect(otherAccount(null, pat)).toBeNull();
  });
});
