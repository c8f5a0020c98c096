import { randomUUID } from "node:crypto";

import { type Browser, type Page } from "@playwright/test";

import { cuttable, type Cast, issueBill, makeCast, signIn } from "./people.ts";
import { expect, test } from "../test.ts";

let cast: Cast;
test.beforeEach(async () => {
  cast = await makeCast();
});

const say = async (page: Page, text: string) => {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("textbox", { name: "Message" }).press("Enter");
};
const log = (page: Page) => page.getByRole("log", { name: "Messages" });
const texts = (page: Page) => log(page).locator(".thread-text").allTextContents();

/** The customer asks, and the rep opens what was asked. Answers both pages. */
async function bothSides({ browser }: { browser: Browser }, question: string) {
  const ana = await signIn(browser, cast.customer, cast.password);
  const sam = await signIn(browser, cast.rep, cast.password);
  await ana.page.goto("/messages");
  await ana.page.getByRole("textbox", { name: "Your message" }).fill(question);
  await ana.page.getByRole("button", { name: "Send message" }).click();
  await expect(log(ana.page)).toContainText(question);
  const number = new URL(ana.page.url()).pathname.split("/").at(-1) ?? "";
  await sam.page.goto(`/console/c/${number}`);
  await expect(log(sam.page)).toContainText(question);
  return { ana, sam, number };
}

test("a customer and a rep see each other's words as they are written, and what was read", async ({ browser }) => {
  const { ana, sam } = await bothSides({ browser }, "Why two late fees?");
  await say(sam.page, "Let me look, Ana.");
  await expect(log(ana.page)).toContainText("Let me look, Ana.");
  await say(ana.page, "Thank you!");
  await expect(log(sam.page)).toContainText("Thank you!");
  await expect(log(ana.page)).toContainText(/Seen by Sam/);
  await ana.page.getByRole("textbox", { name: "Message" }).pressSequentially("One more");
  await expect(log(sam.page)).toContainText(/Ana .* is typing/);
});

test("a rep who is cut off for a while misses nothing, loses nothing and sends nothing twice", async ({ browser }) => {
  const { ana, sam } = await bothSides({ browser }, "Are you there?");
  const cut = await cuttable(sam);
  await sam.page.reload();
  await say(sam.page, "Yes, here.");
  await expect(log(ana.page)).toContainText("Yes, here.");

  const mend = await cut();
  await say(ana.page, "First while you were away");
  await say(ana.page, "Second while you were away");
  await expect(log(ana.page)).toContainText("Second while you were away");
  await say(sam.page, "Written without a line");
  await expect(log(sam.page)).toContainText("Waiting for the connection");
  await expect(log(sam.page)).not.toContainText("First while you were away");
  await mend();

  await expect(log(sam.page)).toContainText("Second while you were away", { timeout: 20_000 });
  await expect(log(sam.page)).toContainText("There is something new above");
  await sam.page.getByRole("button", { name: "Send anyway" }).click();
  await expect(log(ana.page)).toContainText("Written without a line");
  const expected = ["Yes, here.", "First while you were away", "Second while you were away", "Written without a line"];
  for (const page of [ana.page, sam.page]) {
    await expect.poll(async () => (await texts(page)).slice(-4)).toEqual(expected);
  }
});

test("a note is seen by staff and never reaches the customer's browser", async ({ browser }) => {
  const { ana, sam, number } = await bothSides({ browser }, "A question about a note");
  const frames: string[] = [];
  ana.page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => frames.push(String(payload))));
  await ana.page.reload();
  await sam.page.getByRole("checkbox", { name: /Note/ }).check();
  await sam.page.getByRole("textbox", { name: "Note for staff" }).fill("secret-between-us");
  await sam.page.getByRole("textbox", { name: "Note for staff" }).press("Enter");
  await expect(log(sam.page)).toContainText("secret-between-us");
  await sam.page.getByRole("checkbox", { name: /Note/ }).uncheck();
  await say(sam.page, "Hello again");
  await expect(log(ana.page)).toContainText("Hello again");
  expect(frames.join("\n")).toContain("Hello again");
  expect(frames.join("\n")).not.toContain("secret-between-us");
  const html = await (await ana.context.request.get(`/messages/${number}`)).text();
  expect(html).not.toContain("secret-between-us");
});

test("an overlong message gets a sentence and stays where it was typed; a draft survives a reload", async ({
  browser,
}) => {
  const { ana } = await bothSides({ browser }, "A long story follows");
  const box = ana.page.getByRole("textbox", { name: "Message" });
  await box.fill("x".repeat(10_001));
  await expect(ana.page.getByText("This message has 10,001 characters; 10,000 is the most.")).toBeVisible();
  await box.press("Enter");
  await expect(box).toHaveValue("x".repeat(10_001));
  await box.fill("half a thought");
  await ana.page.reload();
  await expect(box).toHaveValue("half a thought");
});

test("the dock opens the thread on any page, and counts what came while it was closed", async ({ browser }) => {
  const { ana, sam } = await bothSides({ browser }, "From the dock");
  await ana.page.goto("/account");
  await expect(ana.page.getByRole("link", { name: "Messages", exact: true }).last()).toBeVisible();
  await ana.page.waitForLoadState("networkidle");
  await say(sam.page, "An answer while you look at your account");
  const button = ana.page.locator("#dock-button");
  await expect(button).toContainText("1 unread");
  await button.click();
  await expect(ana.page.getByRole("dialog", { name: "Messages" })).toContainText("An answer while you look");
  await ana.page.getByRole("textbox", { name: "Message" }).fill("Seen");
  await ana.page.getByRole("textbox", { name: "Message" }).press("Enter");
  await expect(log(sam.page)).toContainText("Seen");
  await ana.page.keyboard.press("Escape");
  await expect(button).not.toContainText("unread");
  // Closed, it counts what comes; neither the thread nor the page is read for that.
  const read: string[] = [];
  ana.page.on("request", (request) => read.push(new URL(request.url()).pathname));
  await say(sam.page, "One more");
  await expect(button).toContainText("1 unread");
  expect(read.filter((path) => path.endsWith(".data"))).toEqual([]);
});

test("an open dock stays with its thread when the page is read again, whatever moved meanwhile", async ({
  browser,
}) => {
  const { ana, sam } = await bothSides({ browser }, "About my meter");
  await issueBill(cast.accountId, "12.30");
  // From here on nothing she looks at reads what comes.
  await ana.page.goto("/bills");
  await say(sam.page, "We read it on Monday.");
  await ana.page.getByRole("link", { name: /^INV-/ }).click();
  await ana.page.getByRole("link", { name: "Ask about this bill" }).click();
  await ana.page.getByRole("textbox", { name: "Your message" }).fill("What is this?");
  await ana.page.getByRole("button", { name: "Send message" }).click();
  await expect(log(ana.page)).toContainText("What is this?");
  await ana.page.goto("/account");
  await ana.page.locator("#dock-button").click();
  // What is unread is opened; once it is read, another thread is the one that moved last.
  await expect(log(ana.page)).toContainText("We read it on Monday.");
  await expect(log(sam.page)).toContainText(/Seen by Ana/);
  await ana.page.getByRole("textbox", { name: "Message" }).fill("Half written");
  await issueBill(cast.accountId, "37.45");
  await expect(ana.page.getByRole("main")).toContainText("$37.45");
  await expect(log(ana.page)).toContainText("We read it on Monday.");
  await expect(ana.page.getByRole("textbox", { name: "Message" })).toHaveValue("Half written");
});

/**
 * What the page's links are looked up with is lost, so that the first opening of the dock asks where the thread is read from,
 * alone; that answer waits until it is let go.
 */
async function openedUnknown(page: Page): Promise<() => void> {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((settle) => (letGo = settle));
  const isAlone = (url: string) => new URL(url).searchParams.getAll("p").length === 1;
  await page.route("**/__manifest?*active*", async (route) => {
    if (!isAlone(route.request().url())) return route.abort();
    await held;
    return route.continue();
  });
  await page.goto("/account");
  await page.waitForLoadState("networkidle");
  const asked = page.waitForRequest((request) => request.url().includes("active") && isAlone(request.url()));
  await page.locator("#dock-button").click();
  await asked;
  return letGo;
}

test("a bill that comes while the dock is being opened does not take the page away", async ({ browser }) => {
  const { ana, sam } = await bothSides({ browser }, "Opened in a hurry");
  const letGo = await openedUnknown(ana.page);
  const lookedForServer = ana.page.waitForResponse("**/favicon.svg");
  await say(sam.page, "An answer in that moment");
  await issueBill(cast.accountId, "12.30");
  await lookedForServer;
  letGo();
  await expect(ana.page.getByRole("dialog", { name: "Messages" })).toContainText("An answer in that moment");
});

test("who goes to another page while the dock is being opened gets there, and the dock stands on it", async ({
  browser,
}) => {
  const { ana } = await bothSides({ browser }, "Opened on the way");
  const letGo = await openedUnknown(ana.page);
  await ana.page.getByRole("navigation").getByRole("link", { name: "Bills" }).first().click();
  await expect(ana.page.getByRole("heading", { name: "Bills", level: 1 })).toBeVisible();
  letGo();
  await expect(ana.page.getByRole("dialog", { name: "Messages" }).getByRole("textbox")).toBeVisible();
  await expect(ana.page.getByRole("heading", { name: "Bills", level: 1 })).toBeVisible();
});

test("without script a question is asked, and answered, by plain forms", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/sign-in?to=/messages");
  await page.getByLabel("E-mail").fill(cast.customer);
  await page.getByLabel("Password", { exact: true }).fill(cast.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("textbox", { name: "Your message" }).fill("Asked without script");
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(log(page)).toContainText("Asked without script");
  await page.getByRole("textbox", { name: "Message" }).fill("Written without script");
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(log(page)).toContainText("Written without script");
  await page.getByRole("textbox", { name: "Message" }).fill("y".repeat(10_001));
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(page.getByText("This message has 10,001 characters")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("y".repeat(10_001));
  await context.close();
});

test("what is committed elsewhere shows on an open page within two seconds", async ({ browser }) => {
  const ana = await signIn(browser, cast.customer, cast.password);
  await ana.page.goto("/account");
  await expect(ana.page.getByText("$0.00").first()).toBeVisible();
  await ana.page.waitForLoadState("networkidle");
  await issueBill(cast.accountId, "48.25");
  await expect(ana.page.getByText("$48.25").first()).toBeVisible({ timeout: 2_000 });
});

test("a picture is attached, and a text of ten megabytes comes back with a sentence", async ({ browser }) => {
  const { ana, sam, number } = await bothSides({ browser }, "With a picture");
  const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const file = { name: "meter.png", mimeType: "image/png", buffer: Buffer.from(png, "base64") };
  await ana.page.getByLabel("Attach files").setInputFiles(file);
  await ana.page.getByRole("textbox", { name: "Message" }).fill("My meter");
  await ana.page.getByRole("button", { name: "Send message" }).click();
  await expect(log(sam.page).getByRole("link", { name: "meter.png" })).toBeVisible();
  await expect(ana.page.getByRole("textbox", { name: "Message" })).toHaveValue("");

  const script = { name: "run.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg onload=alert(1)>") };
  await ana.page.getByLabel("Attach files").setInputFiles(script);
  await ana.page.getByRole("textbox", { name: "Message" }).fill("Not a picture");
  await ana.page.getByRole("button", { name: "Send message" }).click();
  await expect(ana.page.getByText(/of a kind we cannot take/)).toBeVisible();
  await expect(ana.page.getByRole("textbox", { name: "Message" })).toHaveValue("Not a picture");

  const huge = await ana.context.request.post(`/messages/${number}`, {
    headers: { origin: new URL(ana.page.url()).origin },
    multipart: { clientId: randomUUID(), body: "z".repeat(10 * 1024 * 1024) },
  });
  expect(huge.status()).toBe(422);
  const html = await huge.text();
  expect(html).toContain("This message has 10,485,760 characters");
  expect(html).toContain("z".repeat(10 * 1024 * 1024));
});
