import { matchRoutes, useFetcher } from "@remix-run/react";
import { useCallback } from "react";

/** No route of ours. */
const NOBODY = "nobody";

/**
 * A fetcher that reads an address beside the page. Where the page moves while the router still looks an address up for the
 * first time (`fetchLoadMatches` in @remix-run/router), it takes it for one that does not exist, and shows that in the page's
 * place; but it looks only at what the routes of the page have asked for. So the first reading is nobody's.
 */
export function useRead<T>(key: string) {
  const { load: loadKnown, data } = useFetcher<T>({ key });
  const ask = useCallback(
    (href: string) => {
      const router = window.__remixRouter;
      if (isKnown(router.routes, href)) loadKnown(href);
      else router.fetch(key, NOBODY, href);
    },
    [key, loadKnown],
  );
  return { ask, data };
}

/** As the router asks it: what a parameter stands for may be an address of its own that has not been looked up. */
function isKnown(routes: Parameters<typeof matchRoutes>[0], href: string): boolean {
  const [match] = matchRoutes(routes, href) ?? [];
  return match !== undefined && Object.keys(match.params).length === 0;
}
