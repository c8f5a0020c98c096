/** What stands where, in which order the domains stand, and how a policy names them. */

const element = (type, pattern, capture) => ({ type, pattern, partialMatch: false, ...(capture ? { capture } : {}) });

export const elements = [
  element("contracts", "app/contracts"),
  element("routes", "app/routes"),
  element("features", "app/features"),
  element("ui", "app/ui"),
  element("app-realtime", "app/realtime"),
  element("app-http", "app/http"),
  element("styles", "app/styles"),
  element("app", "app"),
  element("domain", "server/domains/*", ["domain"]),
  element("integration", "server/integrations/*", ["vendor"]),
  element("server-http", "server/http"),
  element("server-realtime", "server/realtime"),
  element("events", "server/events"),
  element("stripe-sandbox", "server/stripe-sandbox"),
  element("documents", "server/documents"),
  element("mail-templates", "server/mail-templates"),
  element("demo", "server/demo"),
  element("cli", "server/cli"),
  element("platform", "server/platform"),
  element("server-testing", "server/testing"),
  element("histories", "server/histories"),
  element("policy", "server/policy"),
  element("server", "server"),
  element("db-testing", "db/testing"),
  element("db", "db"),
  element("e2e", "e2e"),
];

/** The ground floor: each may import those before it, everything above may import all of it. */
export const ground = [
  "jobs",
  "audit",
  "notifications",
  "auth",
  "business",
  "accounts",
  "ledger",
  "files",
  "conversations",
];
export const above = {
  invoices: [],
  adjustments: ["invoices"],
  payments: ["adjustments", "invoices"],
  autopay: ["payments", "invoices"],
  "pay-links": ["autopay", "payments", "invoices"],
  plans: ["autopay", "payments", "invoices"],
  disputes: ["adjustments", "payments", "invoices"],
  collections: ["adjustments", "invoices", "autopay", "plans", "pay-links"],
  imports: ["invoices", "adjustments", "payments", "disputes"],
  statements: ["invoices", "payments", "adjustments", "disputes"],
  reconciliation: ["invoices", "payments", "adjustments", "disputes"],
  coverage: ["invoices", "payments", "adjustments", "disputes"],
};

export const types = (...names) => ({ element: { types: { anyOf: names } } });
export const domain = (...names) => ({
  element: { type: "domain", captured: { domain: names } },
  file: { categories: "domain-index" },
});
export const anyDomain = { element: { type: "domain" }, file: { categories: "domain-index" } };
export const packages = (...sources) => ({ module: { origin: "external", source: sources } });
const asType = { dependency: { kind: "type" } };
export const typesOf = (to) => ({ to, ...asType });
