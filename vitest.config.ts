import { readdirSync, readFileSync } from "node:fs";
import { register } from "node:module";
import { join } from "node:path";

import { defineConfig } from "vitest/config";

// The run's own set-up opens databases too.
register("./db/driver-hook.js", import.meta.url);

const tests = ["app", "server", "db"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => join(folder, name).replaceAll("\\", "/")),
);
/** What a test imports says whether it needs PostgreSQL. */
const needsDatabase = (file: string) =>
  /db\/testing|\/testing\/index|testing\/use-stand-in|start-embedded/.test(readFileSync(file, "utf8"));

export default defineConfig({
  test: {
    setupFiles: ["db/testing/mend-driver.ts", "db/testing/fail-on-console-error.ts"],
    pool: "forks",
    // A file's modules are read once per process, not once per file: a third of the whole time.
    isolate: false,
    // By itself it leaves one processor free: of two that would be half.
    maxWorkers: "100%",
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "unit", include: tests.filter((file) => !needsDatabase(file)) } },
      {
        extends: true,
        test: {
          name: "integration",
          include: tests.filter(needsDatabase),
          globalSetup: ["db/testing/global-setup.ts"],
        },
      },
    ],
  },
});
