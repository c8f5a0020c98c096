import { type RequestHandler } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

import { limitKey } from "./client-address.ts";
import { sendSentence } from "./sentence-page.ts";

/**
 * A roof over everything one address asks of this process, far above what a person does. What guards passwords and codes
 * is counted in PostgreSQL, by account and address, where it is decided (domains/auth).
 */
export function limitRequests(points = 1_200, seconds = 60): RequestHandler {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return (request, response, next) => {
    limiter.consume(limitKey(request)).then(
      () => {
        next();
      },
      (reason: unknown) => {
        if (!(reason instanceof RateLimiterRes)) {
          next(reason);
          return;
        }
        response.set("Retry-After", String(Math.ceil(reason.msBeforeNext / 1000)));
        sendSentence(request, response, {
          status: 429,
          title: "Too many requests",
          text: "A great many requests came from your network within a minute. Wait a minute, then go on where you were.",
        });
      },
    );
  };
}
