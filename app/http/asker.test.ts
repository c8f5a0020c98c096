import { describe, expect, it } from "vitest";

import {
  ctxOf,
  requireAccount,
  requireCustomer,
  requireSignedIn,
  requireStaff,
  type RouteArgs,
} from "./asker.server.ts";

const request = () => new Request("https://pay.example.test/account");
const makeCtx = (actor: unknown) => ({ actor });
type Context = RouteArgs["context"];

const guards = [
  ...[
    ["ctxOf", ctxOf] as const,
    ["requireSignedIn", requireSignedIn] as const,
    ["requireStaff", requireStaff] as const,
  ],
  ...[["requireCustomer", requireCustomer] as const, ["requireAccount", requireAccount] as const],
] as const;

describe("whatever breaks, a page's door stays shut (S69)", () => {
  it.each(guards)("%s: who asks cannot be read", async (_name, guard) => {
    const readAsker = () => Promise.reject(new Error("the look-up failed"));
    await expect(guard({ request: request(), context: { readAsker, makeCtx } as unknown as Context })).rejects.toThrow(
      "the look-up failed",
    );
  });

  it.each(guards)("%s: our own server is not there", async (_name, guard) => {
    await expect(guard({ request: request(), context: {} })).rejects.toThrow("needs Remit's own server");
  });

  it.each(guards.slice(1))("%s: nobody is signed in, whatever the actor claims to be", async (_name, guard) => {
    for (const actor of [{ kind: "anonymous" }, { kind: "staff", role: "admin" }, { kind: "customer" }, {}]) {
      const readAsker = () => Promise.resolve({ actor, signedIn: null });
      const context = { readAsker, makeCtx } as unknown as Context;
      const sent = await guard({ request: request(), context }).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(sent instanceof Response && sent.headers.get("location")).toBe("/sign-in?to=%2Faccount");
    }
  });

  it.each(["owner", "", "ADMIN", "__proto__"])("the role %j opens no console", async (role) => {
    const readAsker = () => Promise.resolve({ actor: { kind: "staff", role }, signedIn: {} });
    const context = { readAsker, makeCtx } as unknown as Context;
    await expect(requireStaff({ request: request(), context })).rejects.toMatchObject({ status: 403 });
  });
});
