import {
  Link as RemixLink,
  type LinkProps as RemixLinkProps,
  NavLink as RemixNavLink,
  useNavigate as useRemixNavigate,
} from "@remix-run/react";
import { useCallback } from "react";

import { safeLink } from "#app/contracts/safe-path.ts";

/** Stands in the history's entry that a link has made. */
export const BY_LINK = { byLink: true } as const;

export type LinkProps = Omit<RemixLinkProps, "to" | "style"> & { to: string };

/** A link inside the site. An address that would leave it, built from whatever data, leads to "/" instead. */
export function Link({ to, className = "ui-link", ...rest }: LinkProps) {
  const href = safeLink(to);
  if (import.meta.env.SSR && href.startsWith("/")) return <WrittenLink {...rest} className={className} to={href} />;
  return <RemixLink state={BY_LINK} {...rest} className={className} to={href} />;
}

/**
 * What the router's link writes on the server for an address from the root, without what it prepares for a press: half a
 * list's time went there. The browser takes it over with the router's own; link.test.tsx holds the two together.
 */
function WrittenLink({ to, children, discover = "render", ...rest }: LinkProps) {
  const { prefetch, state, replace, reloadDocument, preventScrollReset, relative, viewTransition, ...attributes } =
    rest;
  return (
    <>
      <a {...attributes} data-discover={discover === "render" ? "true" : undefined} href={to}>
        {children}
      </a>
      {null}
    </>
  );
}

/** A link that knows whether it is the current place (`aria-current="page"`). `end`: only for exactly that address. */
export function NavLink({ to, className, end = false, ...rest }: LinkProps & { end?: boolean }) {
  return <RemixNavLink {...rest} className={className ?? ""} end={end} to={safeLink(to)} />;
}

/** Goes to an address inside the site; see `Link`. */
export function useNavigate(): (
  to: string,
  options?: { replace?: boolean; preventScrollReset?: boolean; state?: unknown },
) => void {
  const navigate = useRemixNavigate();
  return useCallback((to, options) => navigate(safeLink(to), options), [navigate]);
}
