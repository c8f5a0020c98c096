/**
 * Keeps what was made, by its key, where finding it again costs less than making it: `kept(key, make)`. When there are
 * `most` of them, all are let go.
 */
export function keep<Value>(most: number): (key: string, make: () => Value) => Value {
  const kept = new Map<string, Value>();
  return (key, make) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size === most) kept.clear();
    const made = make();
    kept.set(key, made);
    return made;
  };
}
