const BASE = "https://same-origin.invalid";
/** What nobody reads in two ways: words of letters, digits, - and _ behind single slashes. Most addresses are that. */
const PLAIN = /^(?:\/[\w-]{1,100}){1,8}$/;

/**
 * The address inside this site that `to` names, or `fallback` when it would leave the site or run script.
 * Browsers read `/\host`, `//host`, `/<tab>/host` and `/.//host` as other hosts (TRUST S57), so text is refused that has
 * a backslash or a control character anywhere, and what is left must resolve to our own origin and stay there when
 * it is resolved again.
 */
export function safePath(to: string | null | undefined, fallback = "/"): string {
  if (typeof to !== "string") return fallback;
  if (PLAIN.test(to)) return to;
  if (!to.startsWith("/") || to.length > 2048 || hasTrap(to)) return fallback;
  const url = URL.canParse(to, BASE) ? new URL(to, BASE) : null;
  if (!url || url.origin !== BASE || url.pathname.startsWith("//")) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}

/** As `safePath`, also for links relative to the page: `?q=…`, `#id`, `.`, `..`, `./x`, `../x`. */
export function safeLink(to: string, fallback = "/"): string {
  if (PLAIN.test(to)) return to;
  const relative = to === "" || /^[?#]/.test(to) || /^\.{1,2}(?:$|[/?#])/.test(to);
  if (!relative) return safePath(to, fallback);
  const path = to.split(/[?#]/, 1)[0] ?? "";
  return hasTrap(to) || path.includes("//") ? fallback : to;
}

/** A backslash, or anything below space, DEL and C1 controls, which URL parsers drop without a word. */
const hasTrap = (text: string): boolean =>
  [...text].some((char) => char === "\\" || char < " " || (char >= "\u007f" && char <= "\u009f"));

/**
 * The processor's own page that the server was told of: Stripe's, or the stand-in's on our own origin, whatever name that
 * believes to have. Null for anything else.
 */
export function processorPage(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, pathname, search, href } = new URL(url);
  if (protocol === "https:" && /^(?:[a-z0-9-]+\.)*stripe\.com$/.test(hostname)) return href;
  return pathname.startsWith("/sandbox/") ? safePath(`${pathname}${search}`, "/sandbox/") : null;
}
