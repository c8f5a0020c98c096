import { type Form, type FormValue } from "./params.ts";
import { badParameter } from "./stripe-fault.ts";

const maxDepth = 8;

function pathOf(key: string): string[] {
  const first = key.indexOf("[");
  if (first < 0) return [key];
  const rest = key.slice(first).match(/\[[^\]]*\]/g) ?? [];
  return [key.slice(0, first), ...rest.map((part) => part.slice(1, -1))];
}

type Draft = Map<string, Draft | string>;

function put(draft: Draft, path: string[], value: string): void {
  let at = draft;
  for (const [index, part] of path.entries()) {
    const name = part === "" ? String(at.size) : part;
    if (index === path.length - 1) {
      at.set(name, value);
      return;
    }
    let next = at.get(name);
    if (!(next instanceof Map)) {
      next = new Map();
      at.set(name, next);
    }
    at = next;
  }
}

function settle(draft: Draft): FormValue {
  const keys = [...draft.keys()];
  const values = [...draft.values()].map((value) => (value instanceof Map ? settle(value) : value));
  if (keys.length > 0 && keys.every((key, index) => key === String(index))) return values;
  return form(keys, values);
}

/** No prototype: a key named `__proto__` is just a key. */
function form(keys: string[], values: FormValue[]): Form {
  const result = Object.create(null) as Form;
  for (const [index, key] of keys.entries()) result[key] = values[index] ?? "";
  return result;
}

/** Reads Stripe's encoding, `a[b][0]=c`, into nested objects and lists of text. */
export function parseForm(body: string): Form {
  const draft: Draft = new Map();
  for (const [key, value] of new URLSearchParams(body)) {
    const path = pathOf(key);
    if (path.length > maxDepth) throw badParameter({ param: key.slice(0, 80), message: "Too deeply nested." });
    put(draft, path, value);
  }
  const top = [...draft.entries()];
  return form(
    top.map(([key]) => key),
    top.map(([, value]) => (value instanceof Map ? settle(value) : value)),
  );
}
