import { resolve } from "node:path";

import { ESLint } from "eslint";
import { beforeAll, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
let lint: (code: string) => Promise<string[]>;

beforeAll(() => {
  const eslint = new ESLint({
    cwd: root,
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
    ruleFilter: ({ ruleId }) => ruleId === "no-restricted-syntax",
  });
  lint = async (code) => {
    const [result] = await eslint.lintText(code, { filePath: resolve(root, "app/features/bills/new.tsx") });
    return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
  };
});

test.each([
  ["a person's name in a text", "export const x = `Seen by ${person.name}`;"],
  ["an account's, in a choice", 'export const x = `With ${accountName ?? "nobody"}.`;'],
  ["what was typed, in a choice of two", "export const x = `For ${a ? line.description : b}`;"],
  ["a name beside words", "export const x = <p>Payment to {contact.name}</p>;"],
  ["a note beside words", "export const x = <>Why: {refund.note}</>;"],
])("refused: %s", async (_what, code) => {
  expect(await lint(code)).toEqual(["no-restricted-syntax"]);
});

test.each([
  ["what is isolated in a text", "export const x = `Seen by ${isolated(person.name)}`;"],
  ["what is isolated on a page", "export const x = <p>Payment to <bdi>{contact.name}</bdi></p>;"],
  ["a name that stands alone", "export const x = <p>{contact.name}</p>;"],
  ["a choice that only looks at it", "export const x = `For ${person.name ? a : b} now`;"],
  ["a key", "export const x = `f-${name}`;"],
])("accepted: %s", async (_what, code) => {
  expect(await lint(code)).toEqual([]);
});
