import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type Page } from "@playwright/test";

import { ROUTE_POLICY } from "../../app/contracts/route-policy.ts";
import { signIn } from "../live/people.ts";
import { fill, listAddresses, readIds } from "./addresses.ts";
import { expect, test } from "../test.ts";

const CUSTOMER = "customer@demo.test";
const ADMIN = "admin@demo.test";
/** One test walks every page of a person, and what opens on it. */
test.setTimeout(400_000);
const PASSWORD = "demo-remit-2026";
/** Pages for machines, files and posts have nothing to look at. */
const isPage = ({ file, path }: { file: string; path: string }) =>
  file.endsWith(".tsx") &&
  !path.startsWith("/dev/") &&
  !/sign-out|theme|reset\/:|invite\/:|paid\/:|imports\/:/.test(path);

const AUDIENCES = [
  { who: null, of: (file: string) => ROUTE_POLICY[file]?.anonymous === true && /^routes\/(auth|pay)\//.test(file) },
  { who: CUSTOMER, of: (file: string) => file.startsWith("routes/portal/") },
  { who: ADMIN, of: (file: string) => file.startsWith("routes/console/") },
];

/** What a page shows only after something was done on it. */
const OPENED: readonly { who: string | null; path: string; open: (page: Page) => Promise<void> }[] = [
  { who: null, path: "/no-such-page", open: () => Promise.resolve() },
  { who: null, path: "/sign-in", open: (page) => page.getByRole("button", { name: "Sign in", exact: true }).click() },
  { ...{ who: CUSTOMER, path: "/account" }, open: openDock },
  { ...{ who: CUSTOMER, path: "/bills?q=nothing+like+it" }, open: openMenu },
  { who: CUSTOMER, path: "/bills/NO-SUCH-1", open: () => Promise.resolve() },
  { who: CUSTOMER, path: "/pay", open: (page) => page.getByLabel("New card or bank account").check() },
  { who: CUSTOMER, path: "/pay", open: (page) => page.getByLabel("On a date").check() },
  {
    ...{ who: CUSTOMER, path: "/pay?amount=other" },
    async open(page) {
      await page.getByRole("textbox", { name: "Amount" }).fill("a lot");
      await page.getByRole("button", { name: /^Pay/ }).click();
    },
  },
  { who: ADMIN, path: "/console/accounts", open: (page) => openJump(page, "Main") },
  { who: ADMIN, path: "/console/accounts", open: (page) => openJump(page, "no such thing") },
  { ...{ who: ADMIN, path: "/console/accounts" }, open: openPlaces },
  { ...{ who: ADMIN, path: "/console/c/:held" }, open: openTakeOver },
  { who: ADMIN, path: "/console/c/:held", open: (page) => page.keyboard.press("?") },
  {
    ...{ who: CUSTOMER, path: "/disputes/new?bill=:bill" },
    async open(page) {
      await page.getByLabel("Another amount").check();
      await page.getByRole("button", { name: "Send dispute" }).click();
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
];

async function openDock(page: Page): Promise<void> {
  await page.locator("#dock-button").click();
  await expect(page.getByRole("dialog", { name: "Messages" }).getByRole("textbox")).toBeVisible();
}

async function openJump(page: Page, query: string): Promise<void> {
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "Go to" });
  await dialog.getByRole("combobox").fill(query);
  await expect(dialog.getByRole("option").or(dialog.getByText("Nothing goes by that name.")).first()).toBeVisible();
}

async function openPlaces(page: Page): Promise<void> {
  const menu = page.getByRole("button", { name: /^Menu|^Theme, settings/ }).locator("visible=true");
  await menu.click();
  await expect(page.getByRole("link", { name: "Settings" }).locator("visible=true")).toBeVisible();
}

async function openTakeOver(page: Page): Promise<void> {
  await page.keyboard.press("a");
  await expect(page.getByRole("button", { name: /^Take over from/ })).toBeVisible();
}

async function openMenu(page: Page): Promise<void> {
  const menu = page.getByRole("button", { name: "Menu" });
  if (await menu.isVisible()) await menu.click();
}

for (const { who, of } of AUDIENCES) {
  for (const [width, scheme, other] of [
    [390, "light", "dark"],
    [1440, "dark", "light"],
  ] as const) {
    const whose = `${who ?? "a visitor"}, ${String(width)} px`;
    test(`axe finds nothing on any page of ${whose}`, async ({ browser }) => {
      const { page, look, found } = await looker({ browser, who, width, schemes: [scheme, other] });
      const ids = await readIds();
      for (const address of listAddresses().filter((one) => isPage(one) && of(one.file))) {
        const path = fill(address.path, ids.own) ?? address.path;
        await page.goto(path, { waitUntil: "networkidle" });
        await look(path);
      }
      expect(found).toEqual([]);
    });

    test(`axe finds nothing in what opens on a page of ${whose}`, async ({ browser }) => {
      const { page, look, found } = await looker({ browser, who, width, schemes: [scheme, other] });
      const ids = await readIds();
      for (const { path, open } of OPENED.filter((one) => one.who === who)) {
        await page.goto(
          path.replace(/:bill|:held/, (key) => ids.own[key] ?? ""),
          { waitUntil: "networkidle" },
        );
        await open(page);
        await look(`${path}, opened`);
      }
      expect(found).toEqual([]);
    });
  }
}

type Looking = { browser: Browser; who: string | null; width: number; schemes: readonly Scheme[] };
type Scheme = "light" | "dark";

/** A page of somebody, and an eye that adds what it finds on it to `found`. */
async function looker({ browser, who, width, schemes: [scheme = "light", other = "dark"] }: Looking) {
  const context = who === null ? await browser.newContext() : (await signIn(browser, who, PASSWORD)).context;
  const page = await context.newPage();
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  const found: string[] = [];
  const look = async (name: string) => {
    // What happens to lie half under a bar is reached by scrolling.
    await page.evaluate(() => {
      window.scrollTo(0, 0);
    });
    found.push(...(await violationsOf(page, name)));
    // What a theme can change is its contrast.
    await page.emulateMedia({ colorScheme: other, reducedMotion: "reduce" });
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    found.push(...(await violationsOf(page, `${name}, ${other}`, ["color-contrast"])));
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) found.push(`${name}: ${String(over)} px too wide`);
  };
  return { page, look, found };
}

/** WCAG 2.2 AA and axe's own good practice; what stands in a frame is the processor's. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function violationsOf(page: Page, name: string, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).exclude("iframe");
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(TAGS)).analyze();
  return violations.map(({ id, nodes }) => `${name}: ${id} at ${nodes[0]?.target.join(" ") ?? ""}`);
}
