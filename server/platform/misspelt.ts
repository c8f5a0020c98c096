/** What looks like one of `known` and is not: the name that was meant, or undefined. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toUpperCase().replaceAll("-", "_");
  let nearest: string | undefined;
  let least = Math.min(3, Math.floor(name.length / 3));
  for (const candidate of known) {
    const distance = editDistance(wanted, candidate);
    if (distance <= least) [nearest, least] = [candidate, distance - 1];
  }
  return nearest;
}

/** Insertions, deletions, substitutions and swaps of neighbours that lead from one word to the other. */
function editDistance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.MAX_SAFE_INTEGER;
  for (let row = 1; row <= from.length; row += 1) {
    rows[row] = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const best = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Number.MAX_SAFE_INTEGER,
      );
      rows[row]?.push(best);
    }
  }
  return at(from.length, to.length);
}
