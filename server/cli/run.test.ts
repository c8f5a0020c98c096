import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

import { expect, it } from "vitest";

const tellHalf = 'data:text/javascript,process.on("exit",()=>process.stdout.write(`half: ${process.env.NODE_ENV}`))';

/** Starts with a port that is none, so that it ends with its sentence about that. */
function start(words: readonly string[], half?: string) {
  return spawnSync(process.execPath, ["--import", tellHalf, "server/cli/run.js", "start", ...words], {
    cwd: resolve(import.meta.dirname, "../.."),
    env: {
      PATH: process.env["PATH"],
      PORT: "none",
      ...(half === undefined ? {} : { NODE_ENV: half }),
    } as NodeJS.ProcessEnv,
    encoding: "utf8",
  });
}

it.each([
  ["nobody chose", [], undefined, "production"],
  ["development", ["--dev"], undefined, "development"],
  ["somebody chose", [], "test", "test"],
] as const)("chooses React's half before anything is loaded: %s", (_, words, given, half) => {
  const { stdout, stderr, status } = start(words, given);
  expect(stderr).toContain("PORT");
  expect(stdout).toBe(`half: ${half}`);
  expect(status).toBe(1);
});
