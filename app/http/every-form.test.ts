import { readdirSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";
import { z } from "zod";

import { currency } from "#app/contracts/currency.ts";
import { CLIENT_EVENTS } from "#app/contracts/realtime/events.ts";
import { type Reader } from "#app/contracts/forms/policies.ts";

const reader: Reader = { currency: currency("USD"), locale: "en-US" };

type Named = [string, z.ZodType];

/** Every schema that the contracts' forms and the socket's events export, those that need the biller's currency made with one. */
async function everySchema(): Promise<Named[]> {
  const files = readdirSync("app/contracts/forms").filter((file) => !file.includes(".test."));
  const modules = await Promise.all(
    files.map(async (file) => {
      const name = file.replace(/\.ts$/, "");
      return [name, (await import(`../contracts/forms/${name}.ts`)) as Record<string, unknown>] as const;
    }),
  );
  const schemas: Named[] = Object.entries(CLIENT_EVENTS);
  for (const [file, exported] of modules) {
    for (const [name, value] of Object.entries(exported)) {
      const made: unknown = typeof value === "function" && name.endsWith("Form") ? value(reader) : value;
      if (made instanceof z.ZodType) schemas.push([`${file} ${name}`, made]);
    }
  }
  return schemas;
}

type Def = {
  type: string;
  shape?: Record<string, z.ZodType>;
  catchall?: z.ZodType;
  options?: z.ZodType[];
  element?: z.ZodType;
  innerType?: z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
};
/** What every schema of zod keeps of how it was made, as far as it is walked here. */
const defOf = (schema: z.ZodType) => schema.def as unknown as Def;

/** The schema and all that stand in it. */
function within(schema: z.ZodType): z.ZodType[] {
  const { shape, catchall, options, element, innerType, in: before, out: after } = defOf(schema);
  const inner = [...Object.values(shape ?? {}), ...(options ?? []), catchall, element, innerType, before, after];
  return [schema, ...inner.flatMap((one) => (one === undefined ? [] : within(one)))];
}

const schemas = await everySchema();

describe("fields nobody asked for (S4)", () => {
  it("are all looked at here", () => {
    expect(schemas.length).toBeGreaterThan(60);
  });

  it.each(schemas)("%s hands on none: every object in it drops or refuses what it does not name", (_name, schema) => {
    const all = within(schema).map(defOf);
    expect(all.filter(({ type }) => ["record", "map", "any", "unknown"].includes(type))).toEqual([]);
    const open = all.filter(({ catchall }) => catchall !== undefined && defOf(catchall).type !== "never");
    expect(open).toEqual([]);
  });
});

it("a route's own schemas do so too, and no form goes on unread (S4)", () => {
  const lines = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes(".test."))
    .flatMap((path) => readFileSync(`app/${path}`, "utf8").split("\n"));
  expect(
    lines.filter((line) => /z\.(looseObject|record|any|map)\(|\.(passthrough|loose|catchall)\(/.test(line)),
  ).toEqual([]);
  const read = lines.filter((line) => /Object\.fromEntries\((form\b|await readForm)/.test(line));
  expect(read.length).toBeGreaterThan(5);
  expect(read.filter((line) => !line.includes("safeParse("))).toEqual([]);
});

const LENGTH = 100_000;
const PARTS = ["a", "1", " ", ".", ",", "-", "@", "a@.", "1,", "1 .", "9'", "\u00a0", "[", '{"a":', "%", "é"];
const DEEP = "[".repeat(LENGTH / 4) + "]".repeat(LENGTH / 4);
const LONG = ["", "a@", "1"].flatMap((start) =>
  PARTS.flatMap((part) => ["", "!", "@"].map((end) => start + part.repeat(LENGTH / part.length) + end)),
);

describe("a field of a hundred thousand signs (S51)", () => {
  it.each(schemas)("%s is through with it before the test's time is over", (_name, schema) => {
    const fields = within(schema).flatMap((one) => Object.values(defOf(one).shape ?? {}));
    for (const field of fields.length > 0 ? fields : [schema]) {
      for (const text of [...LONG, DEEP]) expect(typeof field.safeParse(text).success).toBe("boolean");
    }
  });
});
