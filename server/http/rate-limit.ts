import { type RequestHandler } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

import { limitKey } from "./client-address.ts";
import { isMachineEndpoint } from "./machine-endpoints.ts";
import { sendSentence } from "./sentence-page.ts";

/** A minute's requests of one address: a person's, and a processor's that sends all its events from a few (P12). */
const ROOFS = { pages: 1_200, machines: 24_000 };

/**
 * A roof over everything one address asks of this process, far above what a person does. What guards passwords and codes
 * is counted in PostgreSQL, by account and address, where it is decided (domains/auth).
 */
export function limitRequests(roofs = ROOFS, seconds = 60): RequestHandler {
  const pages = new RateLimiterMemory({ points: roofs.pages, duration: seconds });
  const machines = new RateLimiterMemory({ points: roofs.machines, duration: seconds });
  return (request, response, next) => {
    const limiter = isMachineEndpoint(request.path) ? machines : pages;
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
