import { type ServerBuild } from "@remix-run/node";

/** Of the routes of a build, those that stand under one first word of an address, with the layouts around them. */
export type AddressPart = { word: string; build: ServerBuild };

/**
 * Cuts a build into one for each first word of an address. For each request the framework looks at every route it is given,
 * several times over; what is asked for under /bills is found among six and not among a hundred. How it chooses between
 * them stays its own affair. What no part answers for (the front page, words that no route knows, questions about other
 * routes) goes to the whole build.
 */
export function cutByAddress(build: ServerBuild): AddressPart[] {
  const routes = Object.values(build.routes).filter((route) => route !== undefined);
  const words = new Set(routes.map(({ id }) => firstWord(pathOf(build, id))));
  // An address that begins with anything can be of every part.
  if ([...words].some((word) => /[:*]/.test(word))) return [];
  return [...words].filter((word) => word !== "").map((word) => ({ word, build: only(build, word) }));
}

/** The first word of an address, as it stands there; a page and the data of it are of one part. */
export const firstWord = (path: string): string => /^\/?([^/]*?)(?:\.data)?(?:\/|$)/.exec(path)?.[1] ?? "";

function only(build: ServerBuild, word: string): ServerBuild {
  const ids = new Set<string>();
  for (const id of Object.keys(build.routes))
    if (firstWord(pathOf(build, id)) === word) for (const one of lineOf(build, id)) ids.add(one);
  const pick = <T>(all: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(all).filter(([id]) => ids.has(id)));
  return { ...build, routes: pick(build.routes), assets: { ...build.assets, routes: pick(build.assets.routes) } };
}

/** A route and those around it, the outermost first. */
function lineOf({ routes }: ServerBuild, id: string): string[] {
  const route = routes[id];
  return route?.parentId === undefined ? [id] : [...lineOf({ routes } as ServerBuild, route.parentId), id];
}

const pathOf = (build: ServerBuild, id: string): string =>
  lineOf(build, id)
    .map((one) => build.routes[one]?.path ?? "")
    .filter((path) => path !== "")
    .join("/");
