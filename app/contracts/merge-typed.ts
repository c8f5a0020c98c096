type Texts = Readonly<Record<string, string>>;

/**
 * What a form shows after somebody else has saved: what the person typed, and in the fields they left alone what stands
 * now. `seen` is the form's own note of what stood when it began, as JSON; without one it can read, all counts as typed.
 */
export function mergeTyped({ typed, seen, standing }: { typed: Texts; seen: string | undefined; standing: Texts }) {
  const before = readTexts(seen);
  const merged = Object.entries(typed).map(([name, text]) => {
    const untouched = before[name] !== undefined && before[name] === text;
    return [name, untouched ? (standing[name] ?? text) : text] as const;
  });
  return Object.fromEntries(merged);
}

function readTexts(json: string | undefined): Partial<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(json ?? "{}");
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === "string"));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
