import { type RequestHandler } from "express";

import { type Sandbox } from "../sandbox.ts";

/**
 * What changes something comes from a page of ours, or from a program: a browser always names the page it posts from,
 * so a missing Origin is a script or a test.
 */
export function sameOriginOnly(sandbox: Sandbox): RequestHandler {
  return (req, res, next) => {
    if (req.method === "GET" || req.method === "HEAD") return next();
    const { origin, host } = req.headers;
    const site = req.headers["sec-fetch-site"];
    const own = new URL(sandbox.publicBase()).origin;
    const known = origin === undefined || origin === own || (URL.canParse(origin) && new URL(origin).host === host);
    if (known && (site === undefined || site === "same-origin")) return next();
    res
      .status(403)
      .json({ error: { type: "invalid_request_error", message: "This came from another site and was refused." } });
  };
}

/** The stand-in's pages carry headers of their own: they are framed by ours, and by nobody else. */
export const ownHeaders: RequestHandler = (_req, res, next) => {
  res.removeHeader("X-Frame-Options");
  res.set({
    "Content-Security-Policy":
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; " +
      "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
  });
  next();
};
