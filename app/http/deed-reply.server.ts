import { data } from "@remix-run/node";

import { sentencePage } from "../contracts/sentence-page.ts";
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
  const { byScript, cspNonce: nonce } = serverOf(args);
  if (byScript) return data(reply, { status });
  if (sentence === null) return redirect(back, 303);
  const way = { to: back, label: "Go back and try again" };
  const page = sentencePage({ title: "That was not done", text: sentence, way, nonce });
  return new Response(page, { status, headers: { "Content-Type": "text/html; charset=utf-8" } });
}
