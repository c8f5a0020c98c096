/** One thing to do again and again; `writer` tells the workers apart. */
export type Op = (writer: number) => Promise<unknown>;

export type Slice = { perSecond: number; latenciesMs: number[] };

/** Does an operation with so many workers at once for a while. */
export async function runSlice(op: Op, { workers, ms }: { workers: number; ms: number }): Promise<Slice> {
  const latenciesMs: number[] = [];
  const begin = performance.now();
  const until = begin + ms;
  await Promise.all(
    Array.from({ length: workers }, async (_, writer) => {
      while (performance.now() < until) {
        const at = performance.now();
        await op(writer);
        latenciesMs.push(performance.now() - at);
      }
    }),
  );
  return { perSecond: (latenciesMs.length / (performance.now() - begin)) * 1000, latenciesMs };
}

/**
 * Runs two operations in turns, so that whatever else the machine does meets both: ratios of one minute, never numbers of
 * two days. Answers the ratio ours / reference of each pair of slices.
 */
export async function compare(
  { ours, reference }: { ours: Op; reference: Op },
  {
    workers,
    ms = 900,
    slices = 6,
    warmMs = ms / 3,
  }: { workers: number; ms?: number; slices?: number; warmMs?: number },
): Promise<{ ratios: number[]; ours: Slice[]; reference: Slice[] }> {
  await runSlice(ours, { workers, ms: warmMs });
  await runSlice(reference, { workers, ms: warmMs });
  const [a, b]: [Slice[], Slice[]] = [[], []];
  for (let at = 0; at < slices; at += 1) {
    a.push(await runSlice(ours, { workers, ms }));
    b.push(await runSlice(reference, { workers, ms }));
  }
  return { ratios: a.map((slice, at) => slice.perSecond / (b[at]?.perSecond ?? Number.NaN)), ours: a, reference: b };
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** One line of the result: `holds` is whether the bound of it is kept. */
export type Line = { id: string; what: string; measured: string; bound: string; holds: boolean };

export const atLeast = (id: string, what: string, ratios: readonly number[], bound: number): Line => ({
  ...{ id, what, holds: median(ratios) >= bound, bound: `≥ ${bound.toFixed(2)} ×` },
  measured: `${median(ratios).toFixed(2)} × (${Math.min(...ratios).toFixed(2)}..${Math.max(...ratios).toFixed(2)})`,
});

export const atMost = (
  id: string,
  what: string,
  value: number,
  { bound, unit }: { bound: number; unit: string },
): Line => ({
  ...{ id, what, holds: value <= bound, bound: `≤ ${String(bound)} ${unit}` },
  measured: `${value.toFixed(unit === "×" ? 2 : 1)} ${unit}`,
});
