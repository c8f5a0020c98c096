import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { readPatiently } from "./read-patiently.ts";

let answers: (number | Error)[];
let asked: string[];

beforeEach(() => {
  vi.useFakeTimers();
  [answers, asked] = [[], []];
  const plain = (input: string) => {
    asked.push(input);
    const answer = answers.shift() ?? 200;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(new Response(null, { status: answer }));
  };
  const globals = { addEventListener: () => undefined, removeEventListener: () => undefined };
  vi.stubGlobal("window", { fetch: plain });
  vi.stubGlobal("location", { href: "http://remit.test/account" });
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  readPatiently();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function statusOf(path: string, init?: RequestInit): Promise<number> {
  const answer = window.fetch(path, init);
  for (let second = 0; second < 60; second += 1) await vi.advanceTimersByTimeAsync(1_000);
  return (await answer).status;
}

it("a page's data is asked for again while the line is cut, and while the server is busy", async () => {
  answers = [new TypeError("network"), 503, 503, 200];
  expect(await statusOf("/account.data")).toBe(200);
  expect(asked).toHaveLength(4);
});

it("a server that stays busy is shown as busy", async () => {
  answers = Array.from({ length: 100 }, () => 503);
  expect(await statusOf("/account.data")).toBe(503);
  expect(asked.length).toBeLessThan(20);
});

it("what may do something twice is sent once, whatever is answered", async () => {
  answers = [503, 503];
  expect(await statusOf("/pay.data", { method: "POST", body: new URLSearchParams({ key: "k" }) })).toBe(503);
  expect(asked).toHaveLength(1);
});

it("a form of the console that carries a key is done once however often it is sent", async () => {
  answers = [503];
  const form = new URLSearchParams({ key: "k" });
  expect(await statusOf("/console/c/1/credit.data", { method: "POST", body: form })).toBe(200);
  expect(asked).toHaveLength(2);
});
