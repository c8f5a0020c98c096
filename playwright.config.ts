import { register } from "node:module";

import { defineConfig, devices } from "@playwright/test";

import { findBrowser } from "./e2e/find-browser.ts";

// Tests and set-up look into the running server's database.
register("./db/driver-hook.js", import.meta.url);

// Found once; the workers, which read this file again, are told by the environment.
const found: unknown = JSON.parse(process.env["REMIT_E2E_BROWSER"] ?? "null");
const browser = (found ?? (await findBrowser())) as Awaited<ReturnType<typeof findBrowser>>;
process.env["REMIT_E2E_BROWSER"] = JSON.stringify(browser);

const STAFF = /e2e\/(console\/(forms|parked)|faults\/.*|policy\/(?!hostile-addresses).*)\.spec\.ts$/;

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/global-setup.ts",
  outputDir: "test-results",
  fullyParallel: false,
  // Two lanes, each one test after the other. Whoever signs in as the demo's staff stands in one of them, since a code of the
  // second step is good once; with them who changes or counts the demo's rows, and what has a server of its own to kill.
  workers: 2,
  projects: [
    { name: "staff", testMatch: STAFF, workers: 1 },
    { name: "people", testIgnore: STAFF, workers: 1 },
  ],
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: process.env["REMIT_E2E_REPORT"]
    ? [["line"], ["json", { outputFile: process.env["REMIT_E2E_REPORT"] }]]
    : [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env["REMIT_E2E_URL"] ?? "",
    // Recording costs a fifth of the time. To hunt a failure: npx playwright test FILE --trace retain-on-failure
    trace: "off",
    // What cannot be pressed says so, instead of ending the whole test's time.
    actionTimeout: 30_000,
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: browser.executablePath,
      // Root has no sandbox to offer, and neither have most containers.
      chromiumSandbox: false,
      ...(browser.env ? { env: { ...(process.env as Record<string, string>), ...browser.env } } : {}),
      args: ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
    },
  },
});
