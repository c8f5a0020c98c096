import { type RequestHandler } from "express";

/** The biller's own picture, the same for everybody: its route says for how long. */
const SHARED: readonly string[] = ["/logo"];

/** Pages, data and documents carry people's balances: never in a shared cache, never in the back button of the next person. */
export const keepPrivate: RequestHandler = (request, response, next) => {
  if (!SHARED.includes(request.path)) response.set("Cache-Control", "private, no-store");
  next();
};
