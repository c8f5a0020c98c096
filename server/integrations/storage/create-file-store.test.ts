import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { createFileStore } from "./create-file-store.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "remit-files-"));
});
afterAll(() => rm(folder, { recursive: true }));

it("what cannot be put in its place leaves nothing behind (S35)", async () => {
  const store = createFileStore(folder);
  await mkdir(join(folder, "account/taken/inside"), { recursive: true });
  await expect(store.put("account/taken", Buffer.from("x"))).rejects.toThrow();
  expect(await readdir(join(folder, "account"))).toEqual(["taken"]);
});

it.each(["../out", "a/../../out", "/etc/passwd", "a//b", "a\u0000b", "", ".hidden"])(
  "no key leads out of the folder: %j",
  async (key) => {
    const store = createFileStore(folder);
    await expect((async () => store.put(key, Buffer.from("x")))()).rejects.toThrow("not a file key");
    expect(() => store.get(key)).toThrow("not a file key");
  },
);
