import { Link as RemixLink, NavLink as RemixNavLink, type NavLinkProps } from "@remix-run/react";
import { type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { type RouteObject } from "react-router-dom";
import { createStaticHandler, createStaticRouter, StaticRouterProvider } from "react-router-dom/server.js";
import { expect, test } from "vitest";

import { Link, NavLink } from "./link.tsx";

/** The attributes of the one element, in no order, and what stands in it; drawn as the framework draws a page. */
async function read(link: ReactElement, at = "/bills/INV-7"): Promise<[attributes: string[], inside: string]> {
  const { dataRoutes, query } = createStaticHandler([{ path: "*", element: link }]);
  const context = await query(new Request(`https://pay.example.com${at}`));
  if (context instanceof Response) throw new Error("a page was expected");
  const router = createStaticRouter(dataRoutes as RouteObject[], context);
  const html = renderToStaticMarkup(<StaticRouterProvider router={router} context={context} hydrate={false} />);
  const [, attributes = "", inside = ""] = /^<a ([^>]*)>(.*)<\/a>$/.exec(html) ?? [];
  return [attributes.match(/[\w-]+="[^"]*"/g)?.sort() ?? [], inside];
}

test.each([
  { to: "/bills" },
  { to: "/bills?show=open&after=2026-01-01~7" },
  { to: "/bills/INV%2F7#story", className: "ui-row-link", prefetch: "intent" },
  { to: "/p/abc", reloadDocument: true, target: "_blank", rel: "noopener" },
  { to: "/messages", "aria-label": "Messages, 2 new", hidden: true, tabIndex: -1 },
  { to: "/console", discover: "none", replace: true, preventScrollReset: true, state: { at: 1 }, viewTransition: true },
] as const)("what the server writes of a link is what the router's own becomes in the browser: %o", async (props) => {
  const ours = await read(<Link {...props}>To the “bill” &amp; back</Link>);
  expect(ours).toEqual(
    await read(
      <RemixLink className="ui-link" {...props}>
        To the “bill” &amp; back
      </RemixLink>,
    ),
  );
  expect(ours[0].length).toBeGreaterThan(1);
});

test.each(["/bills", "/bills/INV-7", "/bills/", "/billsandmore", "/BILLS/inv-7", "/", "/account"])(
  "a place knows whether it is the current one as the router's own does, at %s",
  async (at) => {
    for (const props of [{}, { end: true }, { className: "ui-tab" }] as Partial<NavLinkProps>[])
      expect(await read(<NavLink to="/bills" {...(props as object)} />, at)).toEqual(
        await read(<RemixNavLink to="/bills" className="" {...props} />, at),
      );
  },
);

test("an address that is not from the root, or that would leave the site, is the router's own affair", async () => {
  expect(await read(<Link to="?show=open">Open</Link>)).toEqual([
    ['class="ui-link"', 'data-discover="true"', 'href="/bills/INV-7?show=open"'],
    "Open",
  ]);
  expect((await read(<Link to="//evil.example">Out</Link>))[0]).toContain('href="/"');
});
