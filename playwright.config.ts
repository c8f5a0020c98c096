import { register } from "node:module";

import { defineConfig, devices } from "@playwright/test";

import { findBrowser } from "./e2e/find-browser.ts";

// Tests and set-up look into the running server's database.
register("./db/driver-hook.js", import.meta.url);

// Found once; the workers, which read this file again, are told by the environment.
const found: unknown = JSON.parse(process.env["REMIT_E2E_BROWSER"] ?? "null");
const browser = (found ?? (await findBrowser())) as Awaited<ReturnType<typeof findBrowser>>;
process.env["REMIT_E2E_BROWSER"] = JSON.stringify(browser);

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/global-setup.ts",
  outputDir: "test-results",
  fullyParallel: false,
  workers: 1,
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
