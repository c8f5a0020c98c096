import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { createPace, type Pace } from "./pace.ts";

let times: number[];
let pace: Pace;

beforeEach(() => {
  vi.useFakeTimers();
  times = [];
  const begin = performance.now();
  pace = createPace(
    () => {
      times.push(performance.now() - begin);
      pace.done();
    },
    { waitMs: 150, apartMs: 1_000 },
  );
});
afterEach(() => vi.useRealTimers());

it("what is asked for in a flurry is done once, a moment later", () => {
  for (let at = 0; at < 3; at += 1) pace.ask();
  vi.advanceTimersByTime(5_000);
  expect(times).toEqual([150]);
});

it("a flurry that does not end is served at its pace", () => {
  for (let at = 0; at < 60; at += 1) {
    pace.ask();
    vi.advanceTimersByTime(50);
  }
  expect(times).toEqual([150, 1_150, 2_150]);
});

it("what is wanted sooner is not kept by what waits longer", () => {
  pace.ask(3_000);
  vi.advanceTimersByTime(500);
  pace.ask();
  vi.advanceTimersByTime(5_000);
  expect(times).toEqual([650]);
});

it("what was done in between, or is wanted no more, is not done again", () => {
  pace.ask();
  pace.done();
  vi.advanceTimersByTime(5_000);
  pace.ask();
  pace.stop();
  vi.advanceTimersByTime(5_000);
  expect(times).toEqual([]);
});
