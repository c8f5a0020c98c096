import { type ErrorRequestHandler } from "express";

import { type Log } from "#server/platform/ctx.ts";
import { answerCode } from "#server/platform/faults.ts";

import { sendSentence } from "./sentence-page.ts";

/** The last resort, for what failed outside the application's pages: no stack, no version, an id to quote. */
export function handleErrors(log: Log): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    const id = String(response.locals["requestId"] ?? "");
    const status = statusOf(error);
    if (status >= 500)
      log.error({ err: error, requestId: id, path: request.path }, "a request failed outside of the application");
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (status === 503) response.set("Retry-After", "5");
    sendSentence(request, response, { status, ...sentenceFor(status, id) });
  };
}

function sentenceFor(status: number, id: string): { title: string; text: string } {
  if (status === 503)
    return { title: "We are busy for a moment", text: "Nothing is lost. Try again in a few seconds." };
  if (status < 500) return { title: "That address or request is not a valid one", text: "Nothing was changed." };
  return {
    title: "Something went wrong on our side",
    text: `Nothing of yours was lost. Try again in a minute; if it stays, tell us this number: ${id}`,
  };
}

/**
 * What is away is away for a moment. Express marks what a stranger got wrong (a broken escape in the address, say) with a
 * status of its own.
 */
function statusOf(error: unknown): number {
  if (error instanceof TypeError && "code" in error && error.code === "ERR_INVALID_URL") return 400;
  if (answerCode(error) === "unavailable") return 503;
  const status: unknown = typeof error === "object" && error !== null && "status" in error ? error.status : undefined;
  return typeof status === "number" && status >= 400 && status < 500 ? status : 500;
}
