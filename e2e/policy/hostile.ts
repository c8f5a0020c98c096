import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { type Address, listAddresses } from "./addresses.ts";

/** What a stranger writes where a word, a number or a cursor belongs: SQL, names of objects' insides, odd bytes, depth. */
export const HOSTILE = [
  ...["' or 1=1; drop table accounts; --", "number desc, (select 1)", "%_\\", "\u0000", "x".repeat(5_000)],
  ...["__proto__", "constructor", "99999999999999999999", "[".repeat(2_000)],
  ...[cursor(["2026-01-01", "'"]), cursor(["\u0000", "\u0000"]), cursor(["\u0000"])],
];

function cursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

const APP = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => join("app", path));
const read = (path: string) => readFileSync(path, "utf8");

function found(pattern: RegExp, paths: readonly string[]): string[] {
  const names = paths.flatMap((path) => [...read(path).matchAll(pattern)].map((match) => match[1] ?? ""));
  return [...new Set(names)].sort();
}

/** Every name that a page reads from its address, or from a form by hand. */
export const namesAsked = (): string[] => found(/\.(?:get|has|getAll)\("([\w.[\]-]+)"\)/g, APP);
/** Every name under which a form sends something. */
export const namesSent = (): string[] => [...new Set([...found(/\bname="([\w.[\]-]+)"/g, APP), ...namesAsked()])];

/** Every word by which a form says to this route what it wants: in its file, or in one that it takes in. */
export function intentsOf(file: string): string[] {
  const route = join("app", file);
  const near = found(/from "([#.][^"]+)"/g, [route]).map((name) =>
    name.startsWith("#") ? name.slice(1) : join(dirname(route), name),
  );
  return found(/(?:literal\(|[ntent"\)] [!=]== |case )"([a-z_]+)"/g, [
    route,
    ...near.filter((path) => APP.includes(path)),
  ]);
}

/** Every address but those of the workshop, which a released server has not. */
export const pages = listAddresses().filter(({ file }) => !file.startsWith("routes/dev/"));
export const hasAction = ({ file }: Address): boolean => /export const action\b/.test(read(join("app", file)));
/** Where a page's script reads and posts to: its data or its action's answer alone. */
export const dataPath = (path: string): string => (path === "/" ? "/_root.data" : path.replace(/\/?(?=\?|$)/, ".data"));

/** Who gets furthest with a page. */
export const audience = ({ file }: Address): "admin" | "customer" | "anonymous" =>
  file.startsWith("routes/console/") ? "admin" : file.startsWith("routes/portal/") ? "customer" : "anonymous";
