import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";

import { type ServerBuild } from "@remix-run/node";

import { atMost, type Line } from "./measure.ts";

const PAGES = [
  { what: "sign-in", route: "routes/auth/sign-in", boundKb: 105 },
  { what: "pay", route: "routes/portal/pay", boundKb: 105 },
  { what: "account", route: "routes/portal/account", boundKb: 115 },
  { what: "messages", route: "routes/portal/messages/thread", boundKb: 130 },
] as const;

/** P15: the JavaScript that a page loads first, each file once, brotli at its usual setting. Needs a build. */
export async function benchFirstLoad(): Promise<Line[]> {
  const { assets } = (await import(pathToFileURL(resolve("build/server/index.js")).href)) as ServerBuild;
  return PAGES.map(({ what, route, boundKb }) => {
    const files = new Set([assets.entry.module, ...assets.entry.imports]);
    for (let id: string | undefined = route; id !== undefined; id = assets.routes[id]?.parentId) {
      const part: ServerBuild["assets"]["routes"][string] | undefined = assets.routes[id];
      if (!part) throw new Error(`the build has no route ${id}`);
      for (const file of [part.module, ...(part.imports ?? [])]) files.add(file);
    }
    const bytes = [...files].reduce(
      (sum, file) => sum + brotliCompressSync(readFileSync(resolve(`build/client${file}`))).length,
      0,
    );
    return atMost("P15", `JavaScript on first load, ${what}`, bytes / 1000, { bound: boundKb, unit: "kB" });
  });
}
