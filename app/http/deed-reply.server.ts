import { data } from "@remix-run/node";

import { type RouteArgs, serverOf } from "./asker.server.ts";
import { redirect } from "./redirect.server.ts";

export type DeedReply<T> = {
  reply: T;
  status?: number;
  /** What somebody without script reads where nothing was done; null where it was: they are led back. */
  sentence: string | null;
  /** The page that the form stands on. */
  back: string;
};

/**
 * The answer of a form that posts to an address with no page of its own. The page's script shows the reply where the form
 * stands; somebody without script is led back, or reads why nothing was done.
 */
export function deedReply<T>(args: RouteArgs, { reply, status = 200, sentence, back }: DeedReply<T>) {
  if (args.request.headers.get("Sec-Fetch-Dest") === "empty") return data(reply, { status });
  if (sentence === null) return redirect(back, 303);
  const nonce = serverOf(args).cspNonce;
  return new Response(
    `<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>That was not done</title>
<style nonce="${escapeHtml(nonce)}">
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 34rem; margin: 20vh auto 0; padding: 0 1.5rem }
h1 { font-size: 1.5rem; line-height: 1.25 }
</style>
<main><h1>That was not done</h1><p>${escapeHtml(sentence)}</p><p><a href="${escapeHtml(back)}">Go back and try again</a></p></main></html>`,
    { status, headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" } },
  );
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
