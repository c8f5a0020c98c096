import { type Page } from "@playwright/test";
import axe from "axe-core";

/** WCAG 2.2 AA and axe's own good practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * What axe finds on the page as it stands, a line each; what stands in a frame is the processor's. `rules`: only these.
 * The program is sent once per page: to send it each time, as its own Playwright package does, takes longer than to run it.
 */
export async function axeFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const only = rules ? { type: "rule", values: [...rules] } : { type: "tag", values: TAGS };
  return page.evaluate(async (runOnly) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(
      { exclude: ["iframe"] },
      { runOnly: runOnly as axe.RunOnly, resultTypes: ["violations"] },
    );
    return violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(" ") ?? ""}`);
  }, only);
}
