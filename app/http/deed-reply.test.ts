import { readdirSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { deedReply } from "./deed-reply.server.ts";

const asked = (byScript: boolean) =>
  ({
    request: new Request("http://localhost/console/c/7/credit", { method: "POST" }),
    context: { byScript, cspNonce: "n0nce", makeCtx: () => null, readAsker: () => null },
    params: {},
  }) as unknown as Parameters<typeof deedReply>[0];
const withoutScript = asked(false);

describe("a form that posts to an address with no page of its own", () => {
  it("is answered with a page that says why nothing was done, and leads back", async () => {
    const facts = { reply: {}, status: 422, sentence: "At most <b>5</b> can be given.", back: "/console/c/7" };
    const answer = deedReply(withoutScript, facts);
    if (!(answer instanceof Response)) throw new Error("no page");
    expect([answer.status, answer.headers.get("Content-Type")]).toEqual([422, "text/html; charset=utf-8"]);
    const text = await answer.text();
    expect(text).toContain("At most &lt;b&gt;5&lt;/b&gt; can be given.");
    expect(text).toContain('<a href="/console/c/7">');
  });

  it("leads back where it was done, and hands the page's script its reply", () => {
    const facts = { reply: { ok: true }, sentence: null, back: "/console/c/7" };
    const answer = deedReply(withoutScript, facts);
    expect(answer).toBeInstanceOf(Response);
    expect(answer instanceof Response && [answer.status, answer.headers.get("Location")]).toEqual([
      303,
      "/console/c/7",
    ]);
    expect(deedReply(asked(true), facts)).not.toBeInstanceOf(Response);
  });

  // The framework warns in the log of each raw object that such an address answers.
  const withoutPage = readdirSync("app/routes", { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  it.each(withoutPage)("%s answers no raw object", (file) => {
    expect(readFileSync(`app/routes/${file}`, "utf8")).not.toMatch(
      /\bdata\b[^;]*from "@remix-run\/node"|\breturn \{|=> \(\{ ok/,
    );
  });
});
