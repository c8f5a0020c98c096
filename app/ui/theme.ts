import { useFetchers, useRouteLoaderData } from "@remix-run/react";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The chosen theme; while a change is under way, already the new one. */
export function useTheme(): Theme {
  const stored = useRouteLoaderData<{ theme: Theme }>("root")?.theme ?? "system";
  const change = useFetchers().find((fetcher) => fetcher.formAction === "/theme" && fetcher.formData);
  const asked = change?.formData?.get("theme");
  return THEMES.find((theme) => theme === asked) ?? stored;
}
