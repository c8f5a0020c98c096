import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { processorPage, safeLink, safePath } from "./safe-path.ts";

const OURS = "https://pay.example.test";
const leaves = (path: string) => new URL(path, `${OURS}/bills/1`).origin !== OURS;

// Text that looks like what people try: slashes, backslashes, dots, controls, hosts, schemes, encodings.
const piece = fc.constantFrom(
  ...["/", "\\", "//", ".", "..", "\t", "\n", "\r", "\u0000", "%5c", "%2f", "%2F%2F", "@", ":", "?", "#", " "],
  ...["evil.test", "javascript:alert(1)", "https:", "http:", "data:", "bills", "é", "\u3002", "\uFF0F", "\uFF3C"],
);
const hostile = fc.oneof(
  fc.string(),
  fc.webUrl(),
  fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")),
);

describe("safePath", () => {
  test("whatever the text, the answer stays on our origin, also when it is resolved again", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const candidate of [text, `/${text}`]) {
          const path = safePath(candidate);
          expect(path.startsWith("/")).toBe(true);
          expect(leaves(path)).toBe(false);
          expect(safePath(path)).toBe(path);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test.each(["//evil.test", "/\\evil.test", "\\/evil.test", "/\t/evil.test", "/.//evil.test", "/..//evil.test"])(
    "%j goes to the fallback",
    (text) => expect(safePath(text, "/account")).toBe("/account"),
  );

  test.each(["javascript:alert(1)", "https://evil.test", "evil.test", "", null, undefined, `/${"a".repeat(3000)}`])(
    "what is no path goes to the fallback (%j)",
    (text) => expect(safePath(text, "/account")).toBe("/account"),
  );

  test.each(["/", "/bills/INV-10423", "/pay?bill=INV-1&amount=42.10#when", "/a%5Cb", "/sign-in?next=%2Faccount"])(
    "%s is kept as it is",
    (path) => expect(safePath(path)).toBe(path),
  );
});

describe("safeLink", () => {
  test("a link relative to the page stays on our origin, whatever follows", () => {
    fc.assert(
      fc.property(fc.constantFrom("", "?", "#", ".", "..", "./", "../"), hostile, (start, text) => {
        const link = safeLink(`${start}${text}`);
        expect(leaves(link)).toBe(false);
        expect(leaves(new URL(link, `${OURS}/bills/1`).pathname)).toBe(false);
      }),
      { numRuns: 3_000 },
    );
  });

  test.each(["?after=abc", "#lines", "..", "../edit", ".", ""])("%j is kept as it is", (to) =>
    expect(safeLink(to)).toBe(to),
  );
});

describe("the processor's own page", () => {
  test.each([
    ["https://payments.stripe.com/microdeposit/x", "https://payments.stripe.com/microdeposit/x"],
    ["http://localhost:3000/sandbox/verify/pi_1?client_secret=a", "/sandbox/verify/pi_1?client_secret=a"],
    ["https://payments.stripe.com.evil.example/x", null],
    ["http://payments.stripe.com/x", null],
    ["javascript:alert(1)", null],
    ["https://evil.example/", null],
    ["/sandbox/x", null],
  ])("%s leads to %s", (url, page) => {
    expect(processorPage(url)).toBe(page);
  });
});
