/**
 * Does the work for each item, and for the others also when one fails: an account that cannot be worked on keeps nobody
 * else waiting. One after another, or so many side by side as there are lanes. Throws what failed after all had their
 * turn, so that the tick reports it.
 */
export async function eachAlone<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
  { lanes = 1 }: { lanes?: number } = {},
): Promise<void> {
  const errors: unknown[] = [];
  const waiting = items.values();
  const lane = async () => {
    for (const item of waiting) {
      try {
        await work(item);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (errors.length > 0) throw new AggregateError(errors, `${String(errors.length)} of ${String(items.length)} failed`);
}
