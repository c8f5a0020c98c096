import { type Form, type FormValue } from "../call/params.ts";

function value(from: unknown): FormValue | undefined {
  if (typeof from === "string") return from;
  if (typeof from === "number" || typeof from === "boolean") return String(from);
  if (Array.isArray(from)) return from.map(value).filter((item) => item !== undefined);
  if (typeof from === "object" && from !== null) return toForm(from as Record<string, unknown>);
  return undefined;
}

/** JSON as the same nested text that a form body gives. */
export function toForm(from: Record<string, unknown>): Form {
  const form = Object.create(null) as Form;
  for (const [key, item] of Object.entries(from)) {
    const text = value(item);
    if (text !== undefined) form[key] = text;
  }
  return form;
}
