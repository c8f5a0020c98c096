import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * Runs every check there is, whatever fails before it, and ends with one line: `N passed, N failed`. With `--quick`
 * only those that need neither a database nor a browser.
 */

const root = resolve(import.meta.dirname, "../..");
const reports = join(root, ".cache/test-reports");
const unitReport = join(reports, "unit.json");
const e2eReport = join(reports, "e2e.json");

type Count = { passed: number; failed: number };
type Step = { name: string; command: string[]; env?: Record<string, string>; count?: (exitCode: number) => Count };

const bin = (file: string, ...words: string[]) => [process.execPath, join(root, "node_modules", file), ...words];

const unit = (...words: string[]): Step => ({
  name: words.length > 0 ? "unit" : "unit and integration",
  command: bin(
    "vitest/vitest.mjs",
    "run",
    ...words,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${unitReport}`,
  ),
  count: countUnit,
});

const lint: Step = {
  name: "lint",
  command: bin("eslint/bin/eslint.js", ".", "--max-warnings", "0", "--cache", "--cache-location", ".cache/eslint"),
};
const types: Step = {
  name: "types",
  command: bin("typescript/bin/tsc", "--noEmit", "--incremental", "--tsBuildInfoFile", ".cache/types.json"),
};
const format: Step = {
  name: "format",
  command: bin(
    "prettier/bin/prettier.cjs",
    "--check",
    "--log-level",
    "warn",
    "--cache",
    "--cache-location",
    ".cache/prettier",
    ".",
  ),
};
const cycles: Step = {
  name: "import cycles",
  command: bin("madge/bin/cli.js", "--circular", "--no-spinner", "app", "server", "db"),
};
const build: Step = {
  name: "build",
  command: [process.execPath, "server/cli/build.js"],
};
const endToEnd: Step = {
  name: "end to end",
  command: bin("@playwright/test/cli.js", "test"),
  env: { REMIT_E2E_REPORT: e2eReport },
  count: countE2e,
};

/** Stage after stage; the steps of one run two at a time. What tests how fast something answers has the machine to itself. */
const stages = process.argv.includes("--quick")
  ? [[lint, types, format, cycles, unit("--project=unit")]]
  : [[lint, types, format, cycles, build], [unit()], [endToEnd]];

async function main(): Promise<void> {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const total: Count = { passed: 0, failed: 0 };
  for (const steps of stages) {
    const waiting = [...steps];
    const lane = async () => {
      for (let step = waiting.shift(); step; step = waiting.shift()) {
        const count = await run(step);
        total.passed += count.passed;
        total.failed += count.failed;
      }
    };
    await Promise.all([lane(), lane()]);
  }
  process.exitCode = total.failed > 0 ? 1 : 0;
  process.stdout.write(`${String(total.passed)} passed, ${String(total.failed)} failed\n`);
}

async function run({ name, command, env, count }: Step): Promise<Count> {
  const startedAt = performance.now();
  const { exitCode, output } = await execute(command, env);
  const result = count?.(exitCode) ?? (exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const tests = count ? `: ${String(result.passed)} passed, ${String(result.failed)} failed` : "";
  if (result.failed > 0) process.stdout.write(`${output.trimEnd()}\n`);
  process.stdout.write(`${result.failed > 0 ? "✗" : "✓"} ${name} (${seconds} s)${tests}\n`);
  return result;
}

function execute(command: string[], env: Record<string, string> = {}): Promise<{ exitCode: number; output: string }> {
  const [program = "", ...words] = command;
  return new Promise((settle, reject) => {
    const child = spawn(program, words, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const keep = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", reject);
    child.once("close", (code) => {
      settle({ exitCode: code ?? 1, output });
    });
  });
}

function readReport(path: string): Record<string, unknown> {
  if (!existsSync(path)) return {};
  const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
  return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : {};
}

const number = (value: unknown): number => (typeof value === "number" ? value : 0);

/** A run that failed without a failing test (a file that does not load, no test at all) counts as one failure. */
const withExit = (count: Count, exitCode: number): Count =>
  exitCode !== 0 || count.passed === 0 ? { passed: count.passed, failed: Math.max(1, count.failed) } : count;

function countUnit(exitCode: number): Count {
  const report = readReport(unitReport);
  return withExit({ passed: number(report["numPassedTests"]), failed: number(report["numFailedTests"]) }, exitCode);
}

function countE2e(exitCode: number): Count {
  const stats = readReport(e2eReport)["stats"];
  const of = (key: string) =>
    number(typeof stats === "object" && stats !== null ? (stats as Record<string, unknown>)[key] : 0);
  return withExit({ passed: of("expected"), failed: of("unexpected") + of("flaky") }, exitCode);
}

await main();
