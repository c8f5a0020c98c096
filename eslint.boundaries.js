import { above, anyDomain, domain, elements, ground, packages, types, typesOf } from "./eslint.elements.js";

/**
 * Who may import whom: the arrows of docs/architecture.md as lint. What is not named here is refused. A later policy
 * wins over an earlier one. server/platform/boundaries.test.ts proves that each forbidden import is reported.
 */

const layers = [
  { from: types("contracts"), allow: { to: types("contracts") } },
  {
    from: types("ui", "features", "app-realtime", "routes", "app-http", "app"),
    allow: { to: types("contracts", "ui", "styles") },
  },
  { from: types("features", "app-realtime", "routes", "app"), allow: { to: types("features", "app-realtime") } },
  { from: types("routes", "app"), allow: { to: types("app-http", "routes") } },
  { from: types("app-http"), allow: { to: [types("app-http", "platform"), anyDomain].flat() } },
  { from: types("routes"), allow: { to: [types("platform"), anyDomain].flat() } },
  { from: types("features", "app-realtime", "ui"), allow: typesOf([anyDomain, types("platform")]) },
  { from: types("app-http"), allow: typesOf(types("server", "events", "documents", "db")) },
  { from: types("domain"), allow: { to: types("contracts", "platform", "events", "db") } },
  { from: types("events", "platform"), allow: { to: types("events", "platform", "db", "contracts") } },
  { from: types("integration"), allow: { to: [anyDomain, types("platform", "events", "contracts", "db")] } },
  { from: types("server-http"), allow: { to: [anyDomain, types("server-http", "platform", "contracts")] } },
  { from: types("server-http"), allow: typesOf(types("server", "events", "app-http", "integration")) },
  {
    from: types("server-realtime"),
    allow: { to: [anyDomain, types("server-realtime", "server-http", "platform", "events", "contracts", "db")] },
  },
  { from: types("server-realtime"), allow: typesOf(types("server")) },
  { from: types("stripe-sandbox"), allow: { to: types("stripe-sandbox", "platform", "contracts") } },
  {
    from: types("documents", "mail-templates"),
    allow: { to: [anyDomain, types("documents", "mail-templates", "platform", "contracts")] },
  },
  {
    from: types("server", "demo", "cli"),
    allow: {
      to: [
        anyDomain,
        types("server", "server-http", "server-realtime", "integration", "events", "stripe-sandbox"),
        types("documents", "mail-templates", "demo", "cli", "platform", "contracts", "db"),
      ],
    },
  },
  { from: types("db", "db-testing"), allow: { to: types("db", "db-testing", "contracts") } },
  { from: types("db"), disallow: { to: types("db-testing") } },
  { from: types("e2e"), allow: { to: { module: { origin: "local" } } } },
];

const domains = [
  ...ground.map((name, index) => ({ from: domainFrom(name), allow: { to: domain(...ground.slice(0, index), name) } })),
  ...Object.entries(above).map(([name, below]) => ({
    from: domainFrom(name),
    allow: { to: domain(...ground, ...below, name) },
  })),
];

function domainFrom(name) {
  return { element: { type: "domain", captured: { domain: name } } };
}

const external = [
  { allow: { to: { module: { origin: ["external", "core"] } } } },
  {
    from: { element: { types: { noneOf: ["domain"] } } },
    disallow: { to: packages("lucia", "@lucia-auth/**", "@node-rs/argon2", "@simplewebauthn/server") },
    message: "Only server/domains/auth knows how sessions and passwords are kept.",
  },
  {
    from: { element: { type: "domain", captured: { domain: "!auth" } } },
    disallow: { to: packages("lucia", "@lucia-auth/**", "@node-rs/argon2", "@simplewebauthn/server") },
    message: "Only server/domains/auth knows how sessions and passwords are kept.",
  },
  {
    from: types("domain", "events", "platform", "db"),
    disallow: {
      to: packages(
        "express",
        "socket.io",
        "socket.io-client",
        "@remix-run/**",
        "react",
        "react/**",
        "react-dom",
        "react-dom/**",
        "nodemailer",
      ),
    },
    message: "Domains decide; they speak neither HTTP, sockets nor pixels.",
  },
  {
    from: {
      element: {
        types: { noneOf: ["app", "routes", "features", "ui", "app-realtime", "documents", "mail-templates", "e2e"] },
      },
    },
    disallow: {
      to: packages(
        "react",
        "react/**",
        "react-dom",
        "react-dom/**",
        "@react-email/**",
        "@react-pdf/**",
        "@remix-run/react",
      ),
    },
    message: "React stands in app/, server/documents and server/mail-templates only.",
  },
  {
    from: {
      element: {
        types: { noneOf: ["server-http", "app", "routes", "features", "ui", "app-realtime", "app-http", "e2e"] },
      },
    },
    disallow: { to: packages("@remix-run/**") },
    message: "Remix is known to app/ and to server/http.",
  },
  {
    from: { element: { types: { noneOf: ["stripe-sandbox", "e2e"] } } },
    disallow: { to: packages("stripe", "stripe/**") },
    message: "The Stripe SDK is known to server/integrations/stripe only.",
  },
  {
    from: { element: { type: "integration", captured: { vendor: "stripe" } } },
    allow: { to: packages("stripe", "stripe/**") },
  },
  {
    from: { element: { types: { noneOf: ["features", "e2e"] } } },
    disallow: { to: packages("@stripe/**") },
    message: "The card form stands in app/features.",
  },
  {
    from: types("routes", "features", "ui", "app-realtime", "app-http", "app", "contracts"),
    disallow: {
      to: packages("drizzle-orm", "drizzle-orm/**", "postgres", "graphile-worker", "express", "nodemailer", "pino"),
    },
    message: "Pages reach data through the domains only.",
  },
  {
    from: types("routes", "features", "ui", "app", "contracts"),
    disallow: { to: packages("socket.io") },
    message: "Pages never hold the socket server.",
  },
  {
    from: types("contracts"),
    disallow: { to: { module: { origin: ["external", "core"] } } },
    message: "Contracts are a leaf: they import zod and each other.",
  },
  { from: types("contracts"), allow: { to: packages("zod") } },
  {
    from: types("features", "ui", "app-realtime"),
    disallow: { to: { module: { origin: "core" } } },
    message: "This code runs in a browser.",
  },
];

/** Tests make a database, look at rows, and may stand a neighbour up. They are never imported. */
const tests = [
  {
    from: { file: { categories: "test" } },
    allow: { to: [types("db", "db-testing", "platform", "events", "contracts", "server-testing"), anyDomain] },
  },
  { from: { file: { categories: "test" } }, allow: { to: packages("vitest", "fast-check") } },
  {
    from: types("server-testing"),
    allow: {
      to: [
        types("platform", "db", "events", "contracts", "db-testing", "integration", "stripe-sandbox"),
        packages("stripe"),
      ],
    },
  },
  {
    from: types("histories", "policy"),
    allow: {
      to: [
        types("histories", "policy", "server", "server-testing", "platform", "db", "events", "contracts", "db-testing"),
        // Both ends of a line, for what befalls it on the way.
        types("app-realtime", "server-realtime"),
        anyDomain,
      ].flat(),
    },
  },
  {
    from: { file: { categories: "test" }, element: { types: { anyOf: ["server-http", "server-realtime"] } } },
    allow: { to: types("server", "cli", "stripe-sandbox") },
  },
  {
    from: { file: { categories: "test" }, element: { type: "integration" } },
    allow: { to: types("stripe-sandbox", "server") },
  },
  { disallow: { to: { file: { categories: "test" } } }, message: "Nothing imports a test." },
];

export const boundarySettings = {
  "boundaries/elements": elements,
  "boundaries/elements-single-match": true,
  "boundaries/files": [
    { category: "test", pattern: "**/*.test.{ts,tsx}" },
    { category: "domain-index", pattern: "server/domains/*/index.ts" },
  ],
  "boundaries/dependency-nodes": ["import", "export", "dynamic-import", "require"],
  "import/resolver": { typescript: { alwaysTryTypes: false } },
};

const policies = [...layers, ...domains, ...external, ...tests];

const rulesOf = (chosen) => ({
  "boundaries/dependencies": [
    "error",
    {
      default: "disallow",
      checkAllOrigins: true,
      checkUnknownLocals: true,
      message: "This import goes against the arrows of docs/architecture.md.",
      policies: chosen,
    },
  ],
});

/** Whether a policy can speak of a file of this type (and domain): each import is held against all that are given. */
function speaksOf({ from }, type, name) {
  const element = from?.element;
  if (!element) return true;
  if (element.types) return element.types.anyOf?.includes(type) ?? !element.types.noneOf.includes(type);
  const { domain } = element.captured ?? {};
  return element.type === type && (domain === undefined || domain.startsWith("!") || domain === name);
}

const block = (folder, type, name) => ({
  files: [`${folder}/**/*.{ts,tsx}`],
  rules: rulesOf(policies.filter((policy) => speaksOf(policy, type, name))),
});

/** The arrows for each folder; a folder that is not known yet is held against all of them. */
export const boundaryConfigs = [
  { files: ["{app,server,db,e2e}/**/*.{ts,tsx}"], rules: rulesOf(policies) },
  ...elements
    .filter(({ pattern }) => pattern.includes("/") && !pattern.includes("*"))
    .map(({ pattern, type }) => block(pattern, type)),
  block("server/integrations", "integration"),
  ...[...ground, ...Object.keys(above)].map((name) => block(`server/domains/${name}`, "domain", name)),
];
