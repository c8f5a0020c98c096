import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import { chromium } from "@playwright/test";

import { unpackChromium } from "./unpack-chromium.ts";

export type Browser = { executablePath: string; env?: Record<string, string> };

const systemNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const systemPaths = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * In this order: CHROMIUM_PATH, the one Playwright downloaded, one that is installed, the one that npm brought. A
 * browser counts only if it starts: a distribution's own may be a stub that asks to be installed.
 */
export async function findBrowser(): Promise<Browser> {
  const named = process.env["CHROMIUM_PATH"];
  if (named) {
    if (starts({ executablePath: named })) return { executablePath: named };
    throw new Error(`CHROMIUM_PATH is ${named}, and that does not start.`);
  }
  const folders = (process.env["PATH"] ?? "").split(process.platform === "win32" ? ";" : ":");
  const installed = systemNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  for (const executablePath of [chromium.executablePath(), ...installed, ...systemPaths]) {
    if (existsSync(executablePath) && starts({ executablePath })) return { executablePath };
  }
  const brought = await unpackChromium(resolve(import.meta.dirname, "../.cache"));
  if (brought && starts(brought)) return brought;
  throw new Error(
    "No browser was found for the end-to-end tests. Install Chrome or Chromium, run `npx playwright install chromium`, or set CHROMIUM_PATH.",
  );
}

function starts({ executablePath, env }: Browser): boolean {
  // Chrome for Windows opens a window instead of telling its version.
  if (process.platform === "win32") return true;
  try {
    execFileSync(executablePath, ["--version"], { stdio: "ignore", timeout: 20_000, env: { ...process.env, ...env } });
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
