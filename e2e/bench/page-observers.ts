import { type Page } from "@playwright/test";

/** What one load of a page was like: as defined at web.dev/articles/vitals. */
export type Loaded = { lcpMs: number; cls: number; tbtMs: number };

type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean };
type Pressed = PerformanceEventTiming & { interactionId: number };
type Watched = { lcp: number; cls: number; tasks: { at: number; ms: number }[]; pressed: Record<number, number> };
declare global {
  interface Window {
    watched: Watched;
  }
}

/** From now on each document of the page keeps what the browser tells of its paints, shifts, tasks and interactions. */
export async function watchPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched: Watched = { lcp: 0, cls: 0, tasks: [], pressed: {} };
    window.watched = watched;
    const on = (options: PerformanceObserverInit, take: (entry: PerformanceEntry) => void) => {
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ buffered: true, ...options });
    };
    on({ type: "largest-contentful-paint" }, (entry) => (watched.lcp = entry.startTime));
    on({ type: "layout-shift" }, (entry) => {
      const shift = entry as Shift;
      if (!shift.hadRecentInput) watched.cls += shift.value;
    });
    on({ type: "longtask" }, (entry) => watched.tasks.push({ at: entry.startTime, ms: entry.duration }));
    on({ type: "event", durationThreshold: 16 } as PerformanceObserverInit, (entry) => {
      const { interactionId, duration } = entry as Pressed;
      if (interactionId > 0) watched.pressed[interactionId] = Math.max(watched.pressed[interactionId] ?? 0, duration);
    });
  });
}

/** Waits until the page has had nothing long to do for a second, as it has when everything it loads has come. */
export async function untilQuiet(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const last = window.watched.tasks.at(-1);
      const since = Math.max(last ? last.at + last.ms : 0, loadedAt());
      return performance.now() - since > 1_000;
      function loadedAt(): number {
        const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
        return entry?.loadEventEnd || performance.now();
      }
    },
    undefined,
    { timeout: 120_000, polling: 250 },
  );
}

/** Blocking time: of each task after the first paint, what it took beyond 50 ms. */
export async function readLoad(page: Page): Promise<Loaded> {
  return page.evaluate(() => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    const tasks = window.watched.tasks.filter(({ at, ms }) => at + ms > (paint?.startTime ?? 0));
    const tbtMs = tasks.reduce((sum, { ms }) => sum + Math.max(0, ms - 50), 0);
    return { lcpMs: window.watched.lcp, cls: window.watched.cls, tbtMs };
  });
}

/** The slowest interaction, leaving out one of every fifty. */
export async function readInteractions(page: Page): Promise<number> {
  const times = await page.evaluate(() => Object.values(window.watched.pressed));
  times.sort((a, b) => b - a);
  return times[Math.floor(times.length / 50)] ?? 0;
}
