import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { bug } from "#server/platform/faults.ts";
import { type FileStore } from "#server/platform/ctx.ts";

/** Files in a folder. A key is made by us; one that could leave the folder is a bug, not a request. */
export function createFileStore(folder: string): FileStore {
  const pathOf = (key: string) => {
    if (!/^[a-z0-9][a-z0-9/_-]*(\.[a-z0-9]+)?$/i.test(key) || key.includes("//"))
      throw bug(`not a file key: ${JSON.stringify(key)}`);
    return join(folder, key);
  };
  return {
    async put(key, bytes) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // Renamed into place, so that a reader never meets half a file.
      const partial = `${path}.${String(process.pid)}.partial`;
      try {
        await writeFile(partial, bytes, { mode: 0o600 });
        await rename(partial, path);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    },
    get: (key) => readFile(pathOf(key)),
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}
