import { type RequestHandler } from "express";

import { TOKEN_PAGES } from "#app/contracts/token-pages.ts";

const tokenPage = new RegExp(`^/(?:${TOKEN_PAGES.join("|")})/`, "i");

/**
 * Pages whose address is a secret: whoever reads it can open them. No shared cache keeps them, no search engine lists
 * them, and no other site hears the address.
 */
export const guardTokenPages: RequestHandler = (request, response, next) => {
  if (tokenPage.test(request.path)) {
    response.set("Cache-Control", "private, no-store");
    response.set("X-Robots-Tag", "noindex, nofollow, noarchive");
    // Not "no-referrer": plain forms would send `Origin: null`.
    response.set("Referrer-Policy", "same-origin");
  }
  next();
};
