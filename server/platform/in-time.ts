/**
 * What `work` answers if it does so within `ms`, else what `late` says. Work that is late is not stopped: it goes on by
 * itself, and a fault of it, which nobody waits for any more, goes to `onFault`.
 */
export async function inTime<T>(
  work: Promise<T>,
  { ms, late, onFault }: { ms: number; late: () => T; onFault: (error: unknown) => void },
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  work.catch((error: unknown) => {
    if (isLate) onFault(error);
  });
  const over = new Promise<T>((resolve, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      try {
        resolve(late());
      } catch (error) {
        reject(error as Error);
      }
    }, ms);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
