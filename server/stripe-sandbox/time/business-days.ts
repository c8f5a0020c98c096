const dayMs = 86_400_000;

/** Monday to Friday in UTC; bank holidays are not kept. */
export function addBusinessDays(fromMs: number, days: number): number {
  let at = fromMs;
  for (let left = days; left > 0;) {
    at += dayMs;
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return at;
}

export function addDays(fromMs: number, days: number): number {
  return fromMs + days * dayMs;
}
