import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{app,server,db}/**/*.test.{ts,tsx}"],
    globalSetup: ["db/testing/global-setup.ts"],
    setupFiles: ["db/testing/fail-on-console-error.ts"],
    pool: "forks",
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
