import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

/** What answers people, and works off what they left. The stand-in for Stripe and the command line are not reached by them. */
const FOLDERS = [
  ...[
    "domains",
    "http",
    "realtime",
    "events",
    "documents",
    "mail-templates",
    "integrations",
    "platform",
    "runtime",
  ].map((name) => `server/${name}`),
  ...["app/http", "app/routes"],
];
const SOURCES = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
).filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\/test-/.test(path));

/** Every way a program has to ask another address for something, and a picture that the renderer would go and get. */
const ASKS = [
  ...[/\bfetch\(/, /\bnew (?:WebSocket|EventSource|XMLHttpRequest)\b/, /from "(?:undici|axios|got|node-fetch)"/],
  ...[
    /import \{(?![^}]*\btype\b)[^}]*\} from "(?:node:)?(?:https|net|tls|http2|dgram)"/,
    /\bhttps?\.(?:get|request)\(/,
  ],
  ...[/\{[^}]*\b(?:get|request)\b[^}]*\} from "(?:node:)?https?"/, /<Image(?![^>]*src=\{dataUrl\()/, /<img\b[^>]*src=/],
];

it("nothing on the server asks an address that somebody wrote: it asks none but the processor and the mail server (S30)", () => {
  expect(SOURCES.length).toBeGreaterThan(500);
  const asking = SOURCES.flatMap((path) => {
    const text = readFileSync(path, "utf8");
    return ASKS.filter((way) => way.test(text)).map((way) => `${path}: ${String(way)}`);
  });
  expect(asking).toEqual([]);
});
