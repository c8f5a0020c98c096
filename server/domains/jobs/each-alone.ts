/**
 * Does the work for each item, and for the others also when one fails: an account that cannot be worked on keeps nobody
 * else waiting. Throws what failed after all had their turn, so that the tick reports it.
 */
export async function eachAlone<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const errors: unknown[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, `${String(errors.length)} of ${String(items.length)} failed`);
}
