import { once } from "node:events";
import { createServer, request as ask, type Server } from "node:http";
import { type AddressInfo } from "node:net";

import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { limitBody } from "./body-limit.ts";
import { handleErrors } from "./error-handler.ts";
import { originCheck } from "./origin-check.ts";
import { limitRequests } from "./rate-limit.ts";
import { nameRequest } from "./request-id.ts";
import { securityHeaders } from "./security-headers.ts";

const logged: unknown[] = [];
const log = { info: () => undefined, warn: () => undefined, error: (facts: object) => void logged.push(facts) };
let server: Server;
let port: number;
let reached = 0;

beforeAll(async () => {
  const app = express();
  app.disable("x-powered-by");
  app.use(nameRequest, ...securityHeaders({ publicUrl: undefined, stripe: "sandbox", dev: false }));
  app.use(originCheck(undefined), limitBody);
  app.use("/busy", limitRequests(10));
  app.use("/broken", () => {
    throw new Error("secret: /home/someone/app.ts");
  });
  app.use((request, response) => {
    reached += 1;
    request.resume().once("end", () => response.end("in"));
  });
  app.use(handleErrors(log));
  server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

type Answer = { status: number; body: string; headers: Record<string, string | string[] | undefined> };

function send(path: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  const { method = "GET", headers = {}, body = "" } = options;
  return new Promise<Answer>((settle, reject) => {
    const sent = ask({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () => settle({ status: response.statusCode ?? 0, body: text, headers: response.headers }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const own = () => ({ origin: `http://127.0.0.1:${String(port)}` });

it("one address that asks too often is told to wait, and how long", async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => send("/busy")));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(2);
  expect(refused[0]?.body).toContain("Wait a minute");
  expect(Number(refused[0]?.headers["retry-after"])).toBeGreaterThan(0);
});

describe("what changes something", () => {
  it.each([
    ["from another site (S9)", { origin: "https://evil.example" }],
    ["with no origin (S9)", {}],
    ["with the origin null (S9)", { origin: "null" }],
    ["with an origin that only begins like ours", { origin: "http://127.0.0.1.evil.example" }],
    ["from a page of a neighbouring site, as the browser says (S12)", { "sec-fetch-site": "same-site" }],
    [
      "with a forwarded host of the sender's choice (S8)",
      { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
    ],
  ])("%s is refused before anything is done", async (name, headers: Record<string, string>) => {
    const before = reached;
    const whole = name.startsWith("from a page") ? { ...own(), ...headers } : headers;
    const answer = await send("/sign-in", { method: "POST", headers: whole });
    expect([answer.status, reached]).toEqual([403, before]);
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  });

  it("from our own page goes on", async () => {
    expect((await send("/sign-in", { method: "POST", headers: own() })).status).toBe(200);
  });
});

describe("what is too large", () => {
  it("ten megabytes of a message are told so, whether they say their size or not", async () => {
    const body = "x".repeat(10_000_000);
    const said = await send("/messages", {
      method: "POST",
      headers: { ...own(), "content-length": String(body.length) },
      body,
    });
    expect([said.status, /larger than 1 MB/.test(said.body)]).toEqual([413, true]);
  });
});

describe("what breaks", () => {
  it("tells an id and a sentence: no stack, no path, no product or version (S64)", async () => {
    const { status, body, headers } = await send("/broken");
    expect(status).toBe(500);
    expect(body).not.toMatch(/secret|home|\.ts|at /);
    expect(body).toMatch(/tell us this number/);
    expect([headers["x-powered-by"], headers["server"]]).toEqual([undefined, undefined]);
    expect(logged).toHaveLength(1);
  });

  it("a broken escape in the address is nobody's alarm (S62)", async () => {
    expect((await send("/%E0%A4%A")).status).toBeLessThan(500);
    expect(logged).toHaveLength(1);
  });
});

it("no page of ours stands in somebody's frame, and no foreign page reads one (S58, S63)", async () => {
  const { headers } = await send("/account", { headers: { origin: "https://evil.example" } });
  expect(headers["x-frame-options"]).toBe("DENY");
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["access-control-allow-origin"]).toBeUndefined();
  expect(headers["x-content-type-options"]).toBe("nosniff");
});
