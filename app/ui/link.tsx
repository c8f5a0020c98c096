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
  return <RemixLink state={BY_LINK} {...rest} className={className} to={safeLink(to)} />;
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
