import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { createRealtimeClient, type Line } from "./realtime-client.ts";

type Listener = (value?: unknown) => void;

let told: Map<string, Listener>;
let connects: number;

/** A line as the library gives it: turned away by the server, it is not active and asks no more by itself. */
const line = {
  connected: false,
  active: false,
  on: (name: string, listener: Listener) => told.set(name, listener),
  connect: () => void (connects += 1),
  disconnect: () => undefined,
};
const client = () => createRealtimeClient(() => Promise.resolve(line as unknown as Line));
const turnAway = (why: string) => told.get("connect_error")?.(new Error(why));

beforeEach(() => {
  vi.useFakeTimers();
  [told, connects] = [new Map(), 0];
});
afterEach(() => vi.useRealTimers());

it("turned away because nobody could be looked up just now, the line asks again by itself", async () => {
  const one = client();
  one.hold();
  await vi.advanceTimersByTimeAsync(0);
  for (const times of [1, 2, 3]) {
    expect(connects).toBe(times);
    turnAway("unavailable");
    expect(one.getStatus()).toBe("connecting");
    await vi.advanceTimersByTimeAsync(2_000);
  }
  told.get("connect")?.();
  expect(one.getStatus()).toBe("on");
});

it("whom the server does not know is not let in by asking on", async () => {
  const one = client();
  one.hold();
  await vi.advanceTimersByTimeAsync(0);
  turnAway("unauthenticated");
  await vi.advanceTimersByTimeAsync(60_000);
  expect([one.getStatus(), connects]).toEqual(["ended", 1]);
});

it("nobody holds it any more: a line that was turned away is let go", async () => {
  const one = client();
  const letGo = one.hold();
  await vi.advanceTimersByTimeAsync(0);
  letGo();
  turnAway("unavailable");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(connects).toBe(1);
});
