import { test as base } from "@playwright/test";

/**
 * Playwright's test, after which each browser context that was opened by hand is closed: a page left open keeps its
 * socket, asks the server for news after every change, and by the end of a run a hundred of them slow each test.
 */
export const test = base.extend<{ contextsClosed: undefined }>({
  contextsClosed: [
    async ({ browser }, use) => {
      const before = new Set(browser.contexts());
      await use(undefined);
      await Promise.all(browser.contexts().map((context) => (before.has(context) ? null : context.close())));
    },
    { auto: true },
  ],
});

export { expect } from "@playwright/test";
