import {
  Link as RemixLink,
  type LinkProps as RemixLinkProps,
  NavLink as RemixNavLink,
  useLocation,
  useNavigate as useRemixNavigate,
} from "@remix-run/react";
import { createElement, useCallback } from "react";

import { safeLink } from "#app/contracts/safe-path.ts";

/** Stands in the history's entry that a link has made. */
export const BY_LINK = { byLink: true } as const;

export type LinkProps = Omit<RemixLinkProps, "to" | "style"> & { to: string };

/** A link inside the site. An address that would leave it, built from whatever data, leads to "/" instead. */
export function Link(props: LinkProps) {
  const to = safeLink(props.to);
  if (import.meta.env.SSR && to.startsWith("/")) return written(props, to);
  return <RemixLink state={BY_LINK} {...props} className={props.className ?? "ui-link"} to={to} />;
}

/** What the router takes of a link for itself. */
const FOR_ROUTER: ReadonlySet<string> = new Set<keyof LinkProps>([
  ...(["to", "discover", "prefetch", "state", "replace", "reloadDocument"] as const),
  ...(["preventScrollReset", "relative", "viewTransition"] as const),
]);

/**
 * What the router's link writes on the server for an address from the root, without all it prepares for a press: in a
 * list of fifty that took longer than their text. The browser takes it over with the router's own (link.test.tsx).
 */
function written(props: LinkProps, href: string) {
  const attributes: Record<string, unknown> = { href };
  if (props.discover !== "none" && props.reloadDocument !== true) attributes["data-discover"] = "true";
  for (const [name, value] of Object.entries(props)) if (!FOR_ROUTER.has(name)) attributes[name] = value;
  attributes["className"] ??= "ui-link";
  return (
    <>
      {createElement("a", attributes)}
      {null}
    </>
  );
}

/** A link that knows whether it is the current place (`aria-current="page"`). `end`: only for exactly that address. */
export function NavLink({ end = false, ...props }: NavLinkProps) {
  const to = safeLink(props.to);
  if (import.meta.env.SSR && to.startsWith("/")) return <WrittenNavLink {...props} end={end} to={to} />;
  return <RemixNavLink {...props} className={props.className ?? ""} end={end} to={to} />;
}

export type NavLinkProps = LinkProps & { end?: boolean };

/** As `written`, with what the router's own adds where it leads to the page that is open, or to one above it. */
function WrittenNavLink({ end, ...props }: NavLinkProps) {
  const [here, there] = [useLocation().pathname, props.to.split(/[?#]/, 1)[0] ?? ""].map((path) => path.toLowerCase());
  const current = here === there || (!end && here?.startsWith(`${there}/`));
  const className = [props.className, current ? "active" : ""].filter(Boolean).join(" ");
  return written({ ...props, className, ...(current ? { "aria-current": "page" } : {}) }, props.to);
}

/** Goes to an address inside the site; see `Link`. */
export function useNavigate(): (
  to: string,
  options?: { replace?: boolean; preventScrollReset?: boolean; state?: unknown },
) => void {
  const navigate = useRemixNavigate();
  return useCallback((to, options) => navigate(safeLink(to), options), [navigate]);
}
