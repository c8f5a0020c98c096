import { type AddressInfo } from "node:net";

import { createRequestHandler } from "@remix-run/express";
import { type HandleDocumentRequestFunction, type ServerBuild } from "@remix-run/node";
import { Link, Scripts, useLoaderData } from "@remix-run/react";
import express from "express";
import * as React from "react";

import remixConfig from "../../remix.config.js";

/**
 * The reference of P10, a process of its own: Remix as it comes (its own way of answering, its own links), with one route
 * and nothing behind it, whose table of fifty rows has a link in each, and as many bytes and elements as the page it is
 * held against, with fewer attributes. `BARE_BYTES` and `BARE_ELEMENTS` say how many; the port is printed. Why so:
 * docs/decisions/0028.
 */
const ROWS = 50;
const cells = Math.floor((Number(process.env["BARE_ELEMENTS"]) / ROWS - 1) / 2);
// What frames a cell as markup and as data, measured; the rest of the page's size is its text, which stands in both.
const FRAME = 88;
const text = "x".repeat(Math.max(1, Math.round((Number(process.env["BARE_BYTES"]) / ROWS / cells - FRAME) / 2)));

function Page() {
  const { rows } = useLoaderData<{ rows: string[][] }>();
  return (
    <html lang="en">
      <body>
        <table>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, place) => (
                  <td key={place} role="cell" data-label="Cell" className="cell">
                    {place === 0 ? (
                      <Link to={`/bills/${String(at)}`}>{cell}</Link>
                    ) : (
                      <span className="text">{cell}</span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <Scripts />
      </body>
    </html>
  );
}

/** Each text is another one: the same text twice would be sent once. */
const rowsOf = () =>
  Array.from({ length: ROWS }, (_, row) =>
    Array.from({ length: cells }, (_, at) => `${text}${String(row * cells + at)}`),
  );

// What Remix answers with where an app has no entry of its own. Not a type that can be looked up: it is a source file.
// Read as it stands, its markup is compiled to calls of a React that it expects around it.
Object.assign(globalThis, { React });
const STOCK_ENTRY = "../../node_modules/@remix-run/dev/dist/config/defaults/entry.server.node.tsx";
const { default: handleRequest } = (await import(STOCK_ENTRY)) as { default: HandleDocumentRequestFunction };

const manifestRoute = { hasAction: false, hasLoader: true, hasClientAction: false, hasClientLoader: false };
const build: ServerBuild = {
  entry: { module: { default: handleRequest } },
  routes: {
    root: {
      id: "root",
      path: "",
      module: { default: Page, loader: () => ({ rows: rowsOf() }) },
    },
  },
  assets: {
    entry: { module: "/entry.js", imports: [] },
    routes: {
      root: { id: "root", path: "", module: "/root.js", imports: [], hasErrorBoundary: false, ...manifestRoute },
    },
    url: "/manifest.js",
    version: "bench",
  },
  assetsBuildDirectory: "build/client",
  publicPath: "/",
  basename: "/",
  future: { ...remixConfig.future, unstable_optimizeDeps: false } as ServerBuild["future"],
  isSpaMode: false,
  mode: "production",
};

const app = express();
app.all("*", createRequestHandler({ build, mode: "production" }));
const server = app.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${String((server.address() as AddressInfo).port)}\n`);
});
