import { badParameter, missingParameter } from "./stripe-fault.ts";

export type Form = { [key: string]: FormValue };
export type FormValue = string | FormValue[] | Form;

function isForm(value: FormValue | undefined): value is Form {
  return typeof value === "object" && !Array.isArray(value);
}

/** Undefined when absent or sent empty, which is how Stripe unsets. */
export function text(params: Form, name: string): string | undefined {
  const value = params[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function requiredText(params: Form, name: string): string {
  const value = text(params, name);
  if (value === undefined) throw missingParameter(name);
  return value;
}

export function has(params: Form, name: string): boolean {
  return params[name] !== undefined;
}

export function flag(params: Form, name: string): boolean | undefined {
  const value = text(params, name);
  if (value === undefined) return undefined;
  if (value === "true") return true;
  if (value === "false") return false;
  throw badParameter({ param: name, message: `Invalid boolean: ${value}` });
}

export function integer(params: Form, name: string): number | undefined {
  const value = text(params, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^-?\d+$/.test(value) || !Number.isSafeInteger(number))
    throw badParameter({ code: "parameter_invalid_integer", param: name, message: `Invalid integer: ${value}` });
  return number;
}

export function group(params: Form, name: string): Form | undefined {
  const value = params[name];
  return isForm(value) ? value : undefined;
}

/** A list comes as a[]=, as a[0]= or as one plain value. */
export function texts(params: Form, name: string): string[] | undefined {
  const value = params[name];
  if (value === undefined || value === "") return undefined;
  if (typeof value === "string") return [value];
  const items = Array.isArray(value) ? value : Object.values(value);
  return items.filter((item): item is string => typeof item === "string");
}

/** Metadata merges: an empty value removes its key, an empty whole removes all. */
export function mergedMetadata(params: Form, before: Record<string, string> = {}): Record<string, string> {
  const sent = params["metadata"];
  if (sent === undefined) return before;
  if (!isForm(sent)) return {};
  const merged = { ...before };
  for (const [key, value] of Object.entries(sent)) {
    if (typeof value !== "string") continue;
    if (key.length > 40 || value.length > 500)
      throw badParameter({ param: `metadata[${key}]`, message: "Metadata keys hold 40 characters, values 500." });
    if (value === "") Reflect.deleteProperty(merged, key);
    else merged[key] = value;
  }
  if (Object.keys(merged).length > 50)
    throw badParameter({ param: "metadata", message: "You can set up to 50 metadata keys on an object." });
  return merged;
}

export function created(params: Form): { gt?: number; gte?: number; lt?: number; lte?: number } {
  const exact = integer(params, "created");
  if (exact !== undefined) return { gte: exact, lte: exact };
  const range = group(params, "created");
  if (!range) return {};
  const bounds: { gt?: number; gte?: number; lt?: number; lte?: number } = {};
  for (const bound of ["gt", "gte", "lt", "lte"] as const) {
    const value = integer(range, bound);
    if (value !== undefined) bounds[bound] = value;
  }
  return bounds;
}
