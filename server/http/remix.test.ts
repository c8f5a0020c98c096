import { createServer } from "node:http";
import { type AddressInfo } from "node:net";

import { type ServerBuild } from "@remix-run/node";
import express from "express";
import { afterAll, beforeAll, expect, it } from "vitest";

import type { LoadContext } from "#app/http/load-context.ts";
import type { Runtime } from "#server/runtime.ts";

import { originCheck } from "./origin-check.ts";
import { remixHandler } from "./remix.ts";

const seen: unknown[] = [];

/** One address with a page and one without. */
const build = {
  routes: {
    root: { id: "root", path: "", module: { default: () => null } },
    page: {
      ...{ id: "page", parentId: "root", path: ":page/:id" },
      module: { default: () => null, action: () => "done" },
    },
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
const handler = remixHandler(runtime, () => Promise.resolve(build), "production");
const server = createServer(express().use(originCheck("https://pay.example.com"), handler));
beforeAll(() => new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening)));
afterAll(() => new Promise((closed) => server.close(closed)));

const ours = { Origin: "https://pay.example.com" };

it.each([
  ["from a mail program on the web", "/unsubscribe/abc", "https://mail.example.com", 200],
  ["from one that says nonsense", "/unsubscribe/abc", "mail", 200],
  ["from our page, through a proxy that names another host", "/bills/7", ours.Origin, 200],
  ["from a page that is not ours", "/bills/7", "https://evil.example.com", 403],
])("what is posted %s is judged once, and nothing breaks", async (_what, path, origin, status) => {
  const { port } = server.address() as AddressInfo;
  const at = `http://127.0.0.1:${String(port)}${path}`;
  const answer = await fetch(at, { method: "POST", headers: { Origin: origin }, body: new FormData() });
  expect(answer.status).toBe(status);
});

it.each([
  ["a form that a browser posts", "/console/c/7/credit", {}, false],
  ["a script's request, also without a header that says so", "/console/c/7/credit.data", {}, true],
  ["a form, whatever its headers say", "/console/c/7/credit", { "Sec-Fetch-Dest": "empty" }, false],
])("%s is known by its address", async (_what, path, headers, byScript) => {
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${String(port)}${path}`, {
    method: "POST",
    headers: { ...ours, ...headers },
    body: new FormData(),
  });
  expect(seen.splice(0)).toEqual([byScript]);
});
