import { afterEach, beforeEach, expect, vi } from "vitest";

const noisy = ["error", "warn"] as const;

/**
 * A complaint on the console fails the test. One that expects it asserts on `console.error` and then forgets it:
 * `expect(console.error).toHaveBeenCalledWith(…); vi.mocked(console.error).mockClear()`.
 */
beforeEach(() => {
  for (const method of noisy) vi.spyOn(console, method).mockName(`console.${method}`).mockClear();
});

afterEach(() => {
  for (const method of noisy) {
    const spy = vi.mocked(console[method]);
    if (vi.isMockFunction(spy)) expect(spy.mock.calls, `unexpected console.${method}`).toEqual([]);
  }
  vi.restoreAllMocks();
});
