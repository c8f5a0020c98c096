import { type Browser, type Page } from "@playwright/test";

import { ROUTE_POLICY } from "../../app/contracts/route-policy.ts";
import { axeFindings } from "../axe.ts";
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

const VIEWS = [
  { width: 390, scheme: "light", other: "dark" },
  { width: 1440, scheme: "dark", other: "light" },
] as const;
type View = (typeof VIEWS)[number];

for (const { who, of } of AUDIENCES) {
  const whose = who ?? "a visitor";
  test(`axe finds nothing on any page of ${whose}`, async ({ browser }) => {
    const { page, look, found } = await looker(browser, who);
    const ids = await readIds();
    for (const address of listAddresses().filter((one) => isPage(one) && of(one.file))) {
      const path = fill(address.path, ids.own) ?? address.path;
      await page.goto(path);
      await awake(page);
      for (const view of VIEWS) await look(path, view);
    }
    expect(found).toEqual([]);
  });

  for (const view of VIEWS)
    test(`axe finds nothing in what opens on a page of ${whose}, ${String(view.width)} px`, async ({ browser }) => {
      const { page, look, found } = await looker(browser, who);
      const ids = await readIds();
      await page.setViewportSize({ width: view.width, height: 900 });
      for (const { path, open } of OPENED.filter((one) => one.who === who)) {
        await page.goto(path.replace(/:bill|:held/, (key) => ids.own[key] ?? ""));
        await awake(page);
        await open(page);
        await look(`${path}, opened`, view);
        // What was chosen on it is kept for the next visit.
        await page.evaluate(() => {
          sessionStorage.clear();
        });
      }
      expect(found).toEqual([]);
    });
}

/** A page of somebody, and an eye that adds what it finds on it to `found`. */
async function looker(browser: Browser, who: string | null) {
  const options = { reducedMotion: "reduce" } as const;
  const context =
    who === null ? await browser.newContext(options) : (await signIn(browser, who, PASSWORD, options)).context;
  const page = await context.newPage();
  const found: string[] = [];
  const look = async (name: string, { width, scheme, other }: View) => {
    await page.setViewportSize({ width, height: 900 });
    const find = async (colorScheme: "light" | "dark", rules?: readonly string[]) => {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      const findings = await axeFindings(page, rules);
      found.push(...findings.map((finding) => `${name}, ${String(width)} px, ${colorScheme}: ${finding}`));
    };
    // What happens to lie half under a bar is reached by scrolling.
    await page.evaluate(() => {
      window.scrollTo(0, 0);
    });
    await find(scheme);
    // What a theme can change is its contrast.
    await find(other, ["color-contrast"]);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) found.push(`${name}: ${String(over)} px too wide`);
  };
  return { page, look, found };
}

/** What does not come by then never does: the test says which. */
const SOON = { timeout: 30_000 };

/** Drawn, and nothing on its way from one colour or place to another. */
const settled = async (page: Page) => {
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await page.waitForFunction(
    () =>
      document
        .getAnimations()
        .every(({ playState, effect }) => playState !== "running" || effect?.getComputedTiming().endTime === Infinity),
    undefined,
    SOON,
  );
};

/**
 * React keeps what it knows of an element at the element while it takes the page over; what listens to keys does so a moment
 * later, when nothing of that is left to do.
 */
const awake = async (page: Page) => {
  const taken = () => Object.keys(document.body).some((key) => key.startsWith("__reactProps"));
  await page.waitForFunction(taken, undefined, SOON);
  await page.evaluate(() => new Promise((rested) => requestIdleCallback(rested)));
};
