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
  // The compiler wraps what has a name in a helper, which a page does not have.
  await page.addInitScript("globalThis.__name = (named) => named");
  await page.addInitScript(() => {
    const watched: Watched = { lcp: 0, cls: 0, tasks: [], pressed: {} };
    window.watched = watched;
    const kinds: { type: string; durationThreshold?: number; take: (entry: PerformanceEntry) => void }[] = [
      { type: "largest-contentful-paint", take: (entry) => void (watched.lcp = entry.startTime) },
      {
        type: "layout-shift",
        take: (entry) => void (watched.cls += (entry as Shift).hadRecentInput ? 0 : (entry as Shift).value),
      },
      { type: "longtask", take: (entry) => void watched.tasks.push({ at: entry.startTime, ms: entry.duration }) },
      {
        ...{ type: "event", durationThreshold: 16 },
        take: (entry) => {
          const { interactionId: id, duration } = entry as Pressed;
          if (id > 0) watched.pressed[id] = Math.max(watched.pressed[id] ?? 0, duration);
        },
      },
    ];
    for (const { take, ...kind } of kinds)
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ buffered: true, ...kind });
  });
}

/** Waits until the page has had nothing long to do for a second, as it has when everything it loads has come. */
export async function untilQuiet(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const [load] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
      const last = window.watched.tasks.at(-1);
      const since = Math.max(last ? last.at + last.ms : 0, load?.loadEventEnd || performance.now());
      return performance.now() - since > 1_000;
    },
    undefined,
    { timeout: 120_000, polling: 250 },
  );
}

/** Blocking time: of each task after the first paint, what it took beyond 50 ms. */
export async function readLoad(page: Page): Promise<Loaded> {
  const seen = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    const tasks = window.watched.tasks.filter(({ at, ms }) => at + ms > (paint?.startTime ?? 0));
    const tbtMs = tasks.reduce((sum, { ms }) => sum + Math.max(0, ms - 50), 0);
    return { lcpMs: window.watched.lcp, cls: window.watched.cls, tbtMs };
  });
  if (seen.lcpMs === 0) throw new Error("the browser told of no paint");
  return seen;
}

/** The slowest interaction, leaving out one of every fifty. */
export async function readInteractions(page: Page): Promise<number> {
  const times = await page.evaluate(() => Object.values(window.watched.pressed));
  times.sort((a, b) => b - a);
  const slowest = times[Math.floor(times.length / 50)];
  if (slowest === undefined) throw new Error("the browser told of no interaction");
  return slowest;
}
