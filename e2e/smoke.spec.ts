import { expect, test } from "./test.ts";

test("the start page answers and breaks no rule of its content security policy", async ({ page }) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  const response = await page.goto("/");
  expect(response?.status()).toBe(200);
  await page.waitForLoadState("networkidle");
  expect(complaints).toEqual([]);
});

test("keys pressed while a page wakes up leave it alive", async ({ browser }) => {
  const errors: string[] = [];
  for (let visit = 0; visit < 6; visit += 1) {
    const page = await browser.newPage();
    page.on("pageerror", (error) => errors.push(error.message));
    await page.addInitScript(() => {
      const press = () =>
        document.querySelector("input")?.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true }));
      const timer = setInterval(press, 0);
      addEventListener("load", () => setTimeout(() => clearInterval(timer), 1_000));
    });
    await page.goto("/sign-in");
    const isAlive = () => Object.keys(document.querySelector("input") ?? {}).some((key) => key.startsWith("__react"));
    await expect.poll(() => page.evaluate(isAlive)).toBe(true);
    await page.close();
  }
  expect(errors).toEqual([]);
});
