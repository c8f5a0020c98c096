import { type Page } from "@playwright/test";

import { makeCast, signIn } from "../live/people.ts";
import { expect, test } from "../test.ts";

/** How many lines each of them takes: texts that stand at one height are a line. */
const linesOf = (page: Page, rows: string) =>
  page.locator(rows).evaluateAll((found) =>
    found.map((row) => {
      const lines: number[] = [];
      const range = document.createRange();
      const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
      const bottom = row.getBoundingClientRect().bottom;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        range.selectNodeContents(node);
        for (const { top, height, width } of range.getClientRects()) {
          const middle = top + height / 2;
          if (width > 1 && middle < bottom && !lines.some((line) => Math.abs(line - middle) < 8)) lines.push(middle);
        }
      }
      return lines.length;
    }),
  );

test("a case and a conversation take three lines on a phone at most, with all that one chooses by", async ({
  browser,
}) => {
  const { rep, password } = await makeCast();
  const { page, context } = await signIn(browser, rep, password, { viewport: { width: 390, height: 844 } });
  await page.goto("/console?queue=all");
  const talks = await linesOf(page, ".queue-row");
  expect(talks.length).toBeGreaterThan(5);
  expect(Math.max(...talks)).toBeLessThanOrEqual(3);

  await page.goto("/console/disputes");
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: /^DSP-/ }) });
  const heights = await row.evaluateAll((rows) => rows.map((one) => one.getBoundingClientRect().height));
  expect(heights.length).toBeGreaterThan(5);
  expect(Math.max(...heights)).toBeLessThanOrEqual(100);
  const first = row.first();
  for (const what of [/\$\d/, /since \w+ \d/, /by \w+/]) await expect(first.getByText(what).first()).toBeInViewport();
  await context.close();
});
