import { type BrowserContext, type CDPSession, type Page } from "@playwright/test";

import { type Cast, makeCast } from "../live/people.ts";
import { passSecondStep } from "../live/second-step.ts";
import { expect, test } from "../test.ts";

/** A device with a fingerprint reader that always knows its owner. */
async function giveDevice(context: BrowserContext, page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  const cdp = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2" as const, transport: "internal" as const },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return { cdp, authenticatorId };
}

async function signInByPassword(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await passSecondStep(page, email);
}

const signOut = async (context: BrowserContext) => context.clearCookies({ name: "session" });

/** Adds a passkey on the page of their settings and signs in with it, as `home` shows. */
async function journey(page: Page, { security, home }: { security: string; home: RegExp }): Promise<void> {
  const context = page.context();
  await page.goto(security);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("The passkey is added.")).toBeVisible();
  await expect(page.getByRole("list", { name: "Passkeys" }).getByRole("listitem")).toHaveCount(1);
  await signOut(context);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL(home);
}

let cast: Cast;
test.beforeEach(async () => {
  cast = await makeCast();
});

test("a customer adds a passkey, signs in with it alone, and removes it", async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const { cdp, authenticatorId } = await giveDevice(context, page);
  await signInByPassword(page, cast.customer, cast.password);
  await journey(page, { security: "/settings/security", home: /\/account/ });

  const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId });
  expect(credentials).toHaveLength(1);
  await page.goto("/settings/security");
  await page.getByRole("button", { name: /^Remove the passkey/ }).click();
  await expect(page.getByText("The passkey no longer signs in as you.")).toBeVisible();
  await signOut(context);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("This passkey does not open anything here.").first()).toBeVisible();
});

test("staff sign in with a passkey in the place of password and code", async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await giveDevice(context, page);
  await signInByPassword(page, cast.rep, cast.password);
  await journey(page, { security: "/console/settings/security", home: /\/console/ });
});

test("a copied key, whose counter runs backwards, opens nothing", async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const { cdp, authenticatorId } = await giveDevice(context, page);
  await signInByPassword(page, cast.customer, cast.password);
  await journey(page, { security: "/settings/security", home: /\/account/ });
  const [credential] = (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
  if (!credential) throw new Error("no credential");
  await cdp.send("WebAuthn.clearCredentials", { authenticatorId });
  await cdp.send("WebAuthn.addCredential", { authenticatorId, credential: { ...credential, signCount: 0 } });
  await signOut(context);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("This passkey does not open anything here.").first()).toBeVisible();
});

test("an answer works once: the same one sent again is refused", async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await giveDevice(context, page);
  await signInByPassword(page, cast.customer, cast.password);
  let body = "";
  page.on("request", (request) => {
    const sent = request.method() === "POST" && request.url().includes("/sign-in") ? request.postData() : null;
    if (sent?.includes("intent=passkey")) body = sent;
  });
  await journey(page, { security: "/settings/security", home: /\/account/ });
  expect(body).toContain("answer=");
  await signOut(context);
  const origin = new URL(page.url()).origin;
  const again = await context.request.post("/sign-in", {
    headers: { Origin: origin, "Content-Type": "application/x-www-form-urlencoded" },
    data: body,
    maxRedirects: 0,
  });
  expect(again.status()).toBe(422);
  expect(again.headers()["set-cookie"] ?? "").not.toContain("session=");
});
