import { type RequestHandler } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

import { limitKey } from "./client-address.ts";
import { isMachineEndpoint } from "./machine-endpoints.ts";
import { sendSentence } from "./sentence-page.ts";

/** A minute's requests of one address of a processor, which sends all its events from a few (P12). */
const MACHINES_PER_MINUTE = 24_000;

/**
 * A roof over everything one address asks of this process, far above what a person does. What guards passwords and codes
 * is counted in PostgreSQL, by account and address, where it is decided (domains/auth).
 */
export function limitRequests(perMinute: number): RequestHandler {
  const pages = new RateLimiterMemory({ points: perMinute, duration: 60 });
  const machines = new RateLimiterMemory({ points: MACHINES_PER_MINUTE, duration: 60 });
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
