/** What a table holds under a name that somebody else wrote: its own entries only, not what every object inherits. */
export const ownOf = <T>(
  table: Readonly<Partial<Record<string, T>>>,
  name: string | null | undefined,
): T | undefined => (typeof name === "string" && Object.hasOwn(table, name) ? table[name] : undefined);
