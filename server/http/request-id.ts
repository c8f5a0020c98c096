import { randomBytes, randomUUID } from "node:crypto";

import { type RequestHandler } from "express";

/** Each request gets an id of ours (a stranger's is not taken over into logs) and the nonce of its page's scripts. */
export const nameRequest: RequestHandler = (_request, response, next) => {
  response.locals["requestId"] = randomUUID();
  response.locals["cspNonce"] = randomBytes(18).toString("base64");
  response.set("X-Request-Id", String(response.locals["requestId"]));
  next();
};
