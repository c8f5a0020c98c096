import { resolve } from "node:path";

import { ESLint } from "eslint";
import { beforeAll, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
let lint: (file: string, code: string) => Promise<string[]>;

beforeAll(() => {
  const eslint = new ESLint({
    cwd: root,
    // The rules with types want files that exist; what is asked here is only who may import whom.
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
    ruleFilter: ({ ruleId }) => ruleId === "boundaries/dependencies",
  });
  lint = async (file, code) => {
    const [result] = await eslint.lintText(code, { filePath: resolve(root, file) });
    return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
  };
});

const value = (source: string) => `import { x } from "${source}";\nexport const y = x;\n`;
const type = (source: string) => `import type { X } from "${source}";\nexport type Y = X;\n`;

describe("refused", () => {
  test.each([
    ["a route, the database", "app/routes/new.tsx", "#db/client.ts"],
    ["a route, drizzle", "app/routes/new.tsx", "drizzle-orm"],
    ["a route, stripe", "app/routes/new.tsx", "stripe"],
    ["a route, lucia", "app/routes/new.tsx", "lucia"],
    ["a route, socket.io", "app/routes/new.tsx", "socket.io"],
    ["a route, the inside of a domain", "app/routes/new.tsx", "#server/domains/ledger/rows.ts"],
    ["a route, the runtime", "app/routes/new.tsx", "#server/runtime.ts"],
    ["a feature, a domain", "app/features/bills/list.tsx", "#server/domains/ledger/index.ts"],
    ["a feature, the platform", "app/features/bills/list.tsx", "#server/platform/faults.ts"],
    ["a feature, the database", "app/features/bills/list.tsx", "#db/schema/index.ts"],
    ["a feature, a route", "app/features/bills/list.tsx", "#app/routes/index.tsx"],
    ["a feature, Node", "app/features/bills/list.tsx", "node:fs"],
    ["a primitive, a feature", "app/ui/new.tsx", "#app/features/bills/list.tsx"],
    ["a primitive, the card form", "app/ui/new.tsx", "@stripe/stripe-js"],
    ["the sockets of the browser, a domain", "app/realtime/new.ts", "#server/domains/ledger/index.ts"],
    ["the glue, the inside of a domain", "app/http/new.server.ts", "#server/domains/ledger/rows.ts"],
    ["the glue, the pool", "app/http/new.server.ts", "#db/client.ts"],
    ["a contract, a package", "app/contracts/new.ts", "uuid"],
    ["a contract, Node", "app/contracts/new.ts", "node:crypto"],
    ["a contract, the server", "app/contracts/new.ts", "#server/platform/result.ts"],
    ["a domain, express", "server/domains/ledger/new.ts", "express"],
    ["a domain, socket.io", "server/domains/ledger/new.ts", "socket.io"],
    ["a domain, Remix", "server/domains/ledger/new.ts", "@remix-run/node"],
    ["a domain, React", "server/domains/ledger/new.ts", "react"],
    ["a domain, stripe", "server/domains/payments/new.ts", "stripe"],
    ["a domain, an integration", "server/domains/payments/new.ts", "#server/integrations/storage/create-file-store.ts"],
    ["a domain, a page", "server/domains/payments/new.ts", "#app/http/load-context.ts"],
    ["a domain, the runtime", "server/domains/payments/new.ts", "#server/runtime.ts"],
    ["a domain, the inside of another", "server/domains/payments/new.ts", "#server/domains/ledger/rows.ts"],
    ["a domain but auth, lucia", "server/domains/accounts/new.ts", "lucia"],
    ["a domain but auth, password hashing", "server/domains/accounts/new.ts", "@node-rs/argon2"],
    ["anybody but auth, lucia", "server/http/new.ts", "lucia"],
    ["another integration, stripe", "server/integrations/mail/new.ts", "stripe"],
    ["the server, React", "server/http/new.ts", "react"],
    ["the server, the card form", "server/http/new.ts", "@stripe/stripe-js"],
    ["the stand-in, a domain", "server/stripe-sandbox/new.ts", "#server/domains/ledger/index.ts"],
    ["documents, the database", "server/documents/new.tsx", "#db/client.ts"],
    ["the platform, a domain", "server/platform/new.ts", "#server/domains/ledger/index.ts"],
    ["the database, a domain", "db/new.ts", "#server/domains/ledger/index.ts"],
    ["the database, its tests' helpers", "db/new.ts", "#db/testing/index.ts"],
    ["anybody, a test", "server/http/new.ts", "#server/platform/env.test.ts"],
  ])("%s", async (_, file, source) => {
    expect(await lint(file, value(source))).toEqual(["boundaries/dependencies"]);
  });

  test.each([
    ["auth, accounts", "auth", "accounts"],
    ["audit, auth", "audit", "auth"],
    ["accounts, ledger", "accounts", "ledger"],
    ["ledger, conversations", "ledger", "conversations"],
    ["ledger, invoices", "ledger", "invoices"],
    ["conversations, disputes", "conversations", "disputes"],
    ["invoices, payments", "invoices", "payments"],
    ["adjustments, payments", "adjustments", "payments"],
    ["payments, autopay", "payments", "autopay"],
    ["payments, disputes", "payments", "disputes"],
    ["notifications, invoices", "notifications", "invoices"],
    ["collections, disputes", "collections", "disputes"],
  ])("against the order of the domains: %s", async (_, from, to) => {
    expect(await lint(`server/domains/${from}/new.ts`, value(`../${to}/index.ts`))).toEqual([
      "boundaries/dependencies",
    ]);
  });

  test("dynamic imports and re-exports are imports too", async () => {
    expect(await lint("app/routes/new.tsx", 'export { x } from "#db/client.ts";')).toEqual(["boundaries/dependencies"]);
    expect(await lint("app/routes/new.tsx", 'export const x = () => import("#db/client.ts");')).toEqual([
      "boundaries/dependencies",
    ]);
  });
});

describe("allowed", () => {
  test.each([
    ["a route, a domain's index", "app/routes/new.tsx", value("#server/domains/ledger/index.ts")],
    ["a feature, a domain's types", "app/features/bills/list.tsx", type("#server/domains/ledger/index.ts")],
    ["a feature, the card form", "app/features/payments/form.tsx", value("@stripe/react-stripe-js")],
    ["a domain, the ground floor", "server/domains/payments/new.ts", value("#server/domains/ledger/index.ts")],
    ["a domain, the schema", "server/domains/payments/new.ts", value("#db/schema/index.ts")],
    ["auth, lucia", "server/domains/auth/new.ts", value("lucia")],
    ["the Stripe integration, stripe", "server/integrations/stripe/new.ts", value("stripe")],
    ["documents, React", "server/documents/new.tsx", value("react")],
    ["a contract, zod", "app/contracts/new.ts", value("zod")],
    ["a test, the test database", "server/domains/ledger/new.test.ts", value("#db/testing/index.ts")],
    ["the runtime, a domain", "server/runtime.ts", value("#server/domains/ledger/index.ts")],
  ])("%s", async (_, file, code) => {
    expect(await lint(file, code)).toEqual([]);
  });
});
