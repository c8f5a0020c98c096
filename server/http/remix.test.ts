import { createServer } from "node:http";
import { type AddressInfo } from "node:net";

import { type ServerBuild } from "@remix-run/node";
import express from "express";
import { afterAll, beforeAll, expect, it } from "vitest";

import type { LoadContext } from "#app/http/load-context.ts";
import type { Runtime } from "#server/runtime.ts";

import { remixHandler } from "./remix.ts";

const seen: unknown[] = [];

/** One address without a page of its own. */
const build = {
  routes: {
    root: { id: "root", path: "", module: { default: () => null } },
    deed: {
      ...{ id: "deed", parentId: "root", path: "console/c/:number/credit" },
      module: {
        action: ({ context }: { context: Partial<LoadContext> }) => {
          seen.push(context.byScript);
          return new Response(null, { status: 204 });
        },
      },
    },
  },
  entry: { module: { default: () => new Response(null) } },
  assets: { routes: {}, entry: { module: "", imports: [] }, url: "", version: "1" },
  ...{ publicPath: "/", assetsBuildDirectory: "", basename: "/", isSpaMode: false },
  future: { v3_singleFetch: true },
} as unknown as ServerBuild;

const runtime = { env: {}, stripe: {} } as unknown as Runtime;
const server = createServer(express().use(remixHandler(runtime, () => Promise.resolve(build), "production")));
beforeAll(() => new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening)));
afterAll(() => new Promise((closed) => server.close(closed)));

it.each([
  ["a form that a browser posts", "/console/c/7/credit", {}, false],
  ["a script's request, also without a header that says so", "/console/c/7/credit.data", {}, true],
  ["a form, whatever its headers say", "/console/c/7/credit", { "Sec-Fetch-Dest": "empty" }, false],
])("%s is known by its address", async (_what, path, headers, byScript) => {
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${String(port)}${path}`, { method: "POST", headers, body: new FormData() });
  expect(seen.splice(0)).toEqual([byScript]);
});
