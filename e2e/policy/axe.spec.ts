import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { ROUTE_POLICY } from "../../app/contracts/route-policy.ts";
import { signIn } from "../live/people.ts";
import { fill, listAddresses, readIds } from "./addresses.ts";

const PASSWORD = "demo-remit-2026";
/** Pages for machines, files and posts have nothing to look at. */
const isPage = ({ file, path }: { file: string; path: string }) =>
  file.endsWith(".tsx") &&
  !path.startsWith("/dev/") &&
  !/sign-out|theme|reset\/:|invite\/:|paid\/:|imports\/:/.test(path);

const AUDIENCES = [
  { who: null, of: (file: string) => ROUTE_POLICY[file]?.anonymous === true && /^routes\/(auth|pay)\//.test(file) },
  { who: "customer@demo.test", of: (file: string) => file.startsWith("routes/portal/") },
  { who: "admin@demo.test", of: (file: string) => file.startsWith("routes/console/") },
];

for (const { who, of } of AUDIENCES) {
  for (const [width, scheme] of [
    [390, "light"],
    [1440, "dark"],
  ] as const) {
    test(`axe finds nothing on any page of ${who ?? "a visitor"}, ${String(width)} px, ${scheme}`, async ({
      browser,
    }) => {
      const context = who === null ? await browser.newContext() : (await signIn(browser, who, PASSWORD)).context;
      const page = await context.newPage();
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      const ids = await readIds();
      const found: string[] = [];
      for (const address of listAddresses().filter((one) => isPage(one) && of(one.file))) {
        const path = fill(address.path, ids.own) ?? address.path;
        await page.goto(path, { waitUntil: "networkidle" });
        const { violations } = await new AxeBuilder({ page }).exclude("iframe").analyze();
        for (const { id, nodes } of violations) found.push(`${path}: ${id} at ${nodes[0]?.target.join(" ") ?? ""}`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (over > 0) found.push(`${path}: ${String(over)} px too wide`);
      }
      expect(found).toEqual([]);
    });
  }
}
