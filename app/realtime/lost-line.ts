/** A lost line is normal: the next connection joins, catches up and sends again. */
export function ignoreLostLine(_error: unknown): void {
  return;
}
