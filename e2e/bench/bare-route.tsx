import { type AddressInfo } from "node:net";

import { createRequestHandler } from "@remix-run/express";
import { type EntryContext, type ServerBuild } from "@remix-run/node";
import { RemixServer, Scripts, useLoaderData } from "@remix-run/react";
import express from "express";
import { renderToString } from "react-dom/server";

import remixConfig from "../../remix.config.js";

/**
 * The reference of P10, a process of its own: one Remix route with nothing behind it, whose table of fifty rows makes the page as
 * large as the one it is held against. `BARE_BYTES` says how large that is; the port is printed.
 */
const [ROWS, CELLS] = [50, 6];
const wanted = Number(process.env["BARE_BYTES"]);
// What frames a cell as markup and as data, measured; the rest of the page's size is its text, which stands in both.
const FRAME = 46;
const text = "x".repeat(Math.max(1, Math.round((wanted / ROWS / CELLS - FRAME) / 2)));

function Page() {
  const { rows } = useLoaderData<{ rows: string[][] }>();
  return (
    <html lang="en">
      <body>
        <table>
          <tbody>
            {rows.map((cells, at) => (
              <tr key={at}>
                {cells.map((cell, place) => (
                  <td key={place} className="cell">
                    <span>{cell}</span>
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
    Array.from({ length: CELLS }, (_, at) => `${text}${String(row * CELLS + at)}`),
  );

async function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext) {
  const { serverHandoffStream, ...rest } = context;
  const markup = renderToString(<RemixServer context={rest} url={request.url} />);
  headers.set("Content-Type", "text/html; charset=utf-8");
  const handoff = await new Response(serverHandoffStream ?? null).text();
  return new Response(`<!DOCTYPE html>${markup}<script type="text/plain">${handoff}</script>`, { status, headers });
}

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
