import { type Theme, THEMES } from "../ui/theme.ts";

const THEME_COOKIE = "remit_theme";
const PANES_COOKIE = "remit_panes";
const YEAR_SECONDS = 31_536_000;

/** How this browser wants the pages: light, dark, or as its system says. Not tied to a login. */
export function readTheme(request: Request): Theme {
  const value = readCookie(request, THEME_COOKIE);
  return THEMES.find((theme) => theme === value) ?? "system";
}

export const themeCookie = (theme: Theme): string =>
  `${THEME_COOKIE}=${theme}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; HttpOnly`;

/** Which of their billing accounts this browser's customer looks at; read and checked in asker.server.ts. */
export const accountCookie = (accountId: string): string =>
  `account=${accountId}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; HttpOnly`;

/** The widths, in pixels, that this browser last gave to the console's panes. Written by the page (ui/panes). */
export function readPanes(request: Request): { start: number; end: number } | null {
  const match = /^(\d{3})-(\d{3})$/.exec(readCookie(request, PANES_COOKIE) ?? "");
  return match ? { start: Number(match[1]), end: Number(match[2]) } : null;
}

function readCookie(request: Request, name: string): string | null {
  const pairs = (request.headers.get("Cookie") ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}
