import { describe, expect, it } from "vitest";
import { z } from "zod";

import { parseForm } from "./forms.server.ts";
import { readForm, readFormWithFiles } from "./read-form.server.ts";

const send = (body: string, type = "application/x-www-form-urlencoded") =>
  new Request("https://pay.example.test/settings", { method: "POST", headers: { "content-type": type }, body });

describe("a body that is no form", () => {
  it.each([
    ["JSON", '{"a":1}', "application/json"],
    ["plain text", "a=1", "text/plain"],
    ["a multipart without a boundary", "a=1", "multipart/form-data"],
    [
      "a multipart that breaks off",
      '--x\r\nContent-Disposition: form-data; name="a"',
      "multipart/form-data; boundary=x",
    ],
  ])("%s is answered with 400", async (_name, body, type) => {
    const limits = { maxFileSize: 1_000, maxFiles: 1 };
    await expect(readForm(send(body, type))).rejects.toMatchObject({ status: 400 });
    await expect(readFormWithFiles(send(body, type), limits)).rejects.toMatchObject({ status: 400 });
  });
});

it("a text is read without the signs that make it read as another; a password as it was typed", async () => {
  const form = await readForm(send(new URLSearchParams({ name: "Le\u202ea", password: "a\u200bb" }).toString()));
  expect([form.get("name"), form.get("password")]).toEqual(["Lea", "a\u200bb"]);
});

describe("fields nobody asked for", () => {
  const schema = z.object({ intent: z.literal("profile"), name: z.string() });
  const hostile = [
    "__proto__",
    "constructor",
    "prototype",
    "__proto__.role",
    "__proto__[role]",
    "constructor.prototype",
  ];

  it("change neither what was asked for nor what every object inherits (S4, S49)", async () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const extra = [...hostile, ...hostile, "role", "right", "accountId"].map((name) => `${name}=admin`).join("&");
    const read = await parseForm(send(`intent=profile&name=Ana&${extra}`), schema);
    expect(read.ok && Object.entries(read.value)).toEqual([
      ["intent", "profile"],
      ["name", "Ana"],
    ]);
    expect(read.ok && "role" in read.value).toBe(false);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });
});
