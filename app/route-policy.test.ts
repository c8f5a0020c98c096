import { type RouteConfigEntry } from "@remix-run/route-config";
import { expect, test } from "vitest";

import { ROUTE_POLICY } from "./contracts/route-policy.ts";
import { TOKEN_PAGES } from "./contracts/token-pages.ts";
import routes from "./routes.ts";

const filesOf = (entries: readonly RouteConfigEntry[]): string[] =>
  entries.flatMap((entry) => [entry.file, ...filesOf(entry.children ?? [])]);

const files = filesOf(routes);

test("every route says who may reach it", () => {
  expect(files.filter((file) => !(file in ROUTE_POLICY))).toEqual([]);
});

test("no rule is left of a route that is gone", () => {
  expect(Object.keys(ROUTE_POLICY).filter((file) => !files.includes(file))).toEqual([]);
});

test("a portal route never lets staff or strangers in, a console route never customers or strangers", () => {
  for (const [file, rule] of Object.entries(ROUTE_POLICY)) {
    if (file.startsWith("routes/portal/")) expect([file, rule.anonymous, rule.staff]).toEqual([file, false, false]);
    if (file.startsWith("routes/console/")) expect([file, rule.anonymous, rule.customer]).toEqual([file, false, false]);
  }
});

test("every address that is a secret is known as one: by caches, search engines, other sites and the log", () => {
  const pathsOf = (entries: readonly RouteConfigEntry[]): string[] =>
    entries.flatMap((entry) => [entry.path ?? "", ...pathsOf(entry.children ?? [])]);
  const secret = pathsOf(routes).filter((path) => path.includes(":token"));
  expect(secret.length).toBeGreaterThan(4);
  expect(secret.filter((path) => !TOKEN_PAGES.some((first) => path.startsWith(`${first}/`)))).toEqual([]);
});
