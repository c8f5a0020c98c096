import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";

import { type FileStore } from "#server/platform/ctx.ts";

/** Keeps uploads in a folder of this machine. Keys are made by us; anything that would leave the folder throws. */
export function localFiles(folder: string): FileStore {
  const root = resolve(folder);

  function pathOf(key: string): string {
    const path = resolve(join(root, key));
    if (!path.startsWith(root + sep)) throw new Error("a file key points outside the upload folder");
    return path;
  }

  return {
    async put(key, bytes) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true });
      // Written beside and renamed, so that a crash leaves no half file under a real key.
      const partial = `${path}.partial`;
      await writeFile(partial, bytes, { mode: 0o600 });
      await rename(partial, path);
    },
    get: (key) => readFile(pathOf(key)),
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}
