import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import { expect, test } from "vitest";

import { cutByAddress, firstWord } from "./address-parts.ts";

type Route = { id: string; parentId?: string; path?: string; index?: boolean };

/** A build whose routes answer with their names and what their addresses say; layouts draw nothing and answer nothing. */
function buildOf(routes: readonly Route[]): ServerBuild {
  const moduleOf = ({ id, path, index }: Route) =>
    path === undefined && !index
      ? { default: () => null }
      : { loader: ({ params }: { params: object }) => new Response(`${id} ${JSON.stringify(params)}`) };
  return {
    routes: Object.fromEntries(routes.map((route) => [route.id, { ...route, module: moduleOf(route) }])),
    entry: {
      module: {
        default: (_request: Request, status: number) => new Response("a page", { status }),
        handleError: () => undefined,
      },
    },
    assets: { routes: Object.fromEntries(routes.map(({ id }) => [id, { id }])), version: "1" },
    ...{ publicPath: "/", assetsBuildDirectory: "", basename: "/", isSpaMode: false, future: {}, mode: "production" },
  } as unknown as ServerBuild;
}

const build = buildOf([
  { id: "root", path: "" },
  { id: "home", parentId: "root", index: true },
  { id: "portal", parentId: "root" },
  { id: "bills", parentId: "portal", path: "bills" },
  { id: "bill", parentId: "portal", path: "bills/:number" },
  { id: "asked", parentId: "portal", path: "bills/asked" },
  { id: "paper", parentId: "root", path: "bills/:number/bill.pdf" },
  { id: "statement", parentId: "root", path: "statements.csv" },
  { id: "shell", parentId: "root" },
  { id: "account", parentId: "shell", path: "console/accounts/:number" },
  { id: "overview", parentId: "account", index: true },
  { id: "people", parentId: "account", path: "people" },
]);

test("a part has the routes under its word, the layouts around them, and nothing else", () => {
  const routesOf = ({ routes }: ServerBuild) => Object.keys(routes).sort();
  const parts = new Map(cutByAddress(build).map((part) => [part.word, part.build]));
  expect([...parts.keys()].sort()).toEqual(["bills", "console", "statements.csv"]);
  const bills = parts.get("bills") ?? build;
  expect(routesOf(bills)).toEqual(["asked", "bill", "bills", "paper", "portal", "root"]);
  expect(Object.keys(bills.assets.routes).sort()).toEqual(routesOf(bills));
  expect(routesOf(parts.get("console") ?? build)).toEqual(["account", "overview", "people", "root", "shell"]);
});

test.each([
  ...["/", "/bills", "/bills/", "/bills/7", "/bills/asked", "/bills/a%2Fb", "/bills/7/bill.pdf", "/bills?q=a/b"],
  ...["/statements.csv", "/console/accounts/7", "/console/accounts/7/people", "/Bills/7", "/%62ills/7", "//bills/7"],
  ...["/nothing", "/bills/7/nothing", "/console", "/console/nothing/7"],
])("%s is answered by its part as by the whole", async (path) => {
  const whole = createRequestHandler(build, "production");
  const part = cutByAddress(build).find(({ word }) => word === firstWord(path.split("?")[0] ?? ""))?.build ?? build;
  const read = async (handler: typeof whole) => {
    const answer = await handler(new Request(`https://pay.example.com${path}`));
    return [answer.status, await answer.text()];
  };
  expect(await read(createRequestHandler(part, "production"))).toEqual(await read(whole));
});

test.each([
  ["/bills.data", "bills"],
  ["/bills/7.data", "bills"],
  ["/statements.csv", "statements.csv"],
  ["/_root.data", "_root"],
  ["/__manifest", "__manifest"],
  ["/", ""],
])("the first word of %s is %j", (path, word) => {
  expect(firstWord(path)).toBe(word);
});

test("where an address may begin with anything, nothing is cut", () => {
  expect(
    cutByAddress(
      buildOf([
        { id: "root", path: "" },
        { id: "any", parentId: "root", path: ":word" },
      ]),
    ),
  ).toEqual([]);
});
