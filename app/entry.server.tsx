import {
  type ActionFunctionArgs,
  type AppLoadContext,
  type EntryContext,
  type LoaderFunctionArgs,
} from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToString } from "react-dom/server";

import { COME_BACK } from "./http/faults.server.ts";
import { readHandoff } from "./http/hydration.server.ts";
import { NonceProvider } from "./ui/nonce.ts";

/** No route defers, so nothing waits that long; the framework keeps each response's data for this time. */
export const streamTimeout = 1_000;

/** Renders a page in one go: no route defers, and a finished string is cheaper than a stream. */
export default async function handleRequest(...args: EntryArguments): Promise<Response> {
  const [request, status, headers, remix, loadContext] = args;
  refuseShapedErrors(remix.staticHandlerContext.errors);
  const nonce = loadContext.cspNonce ?? "";
  const { serverHandoffStream, ...context } = remix;
  const markup = renderToString(
    <NonceProvider value={nonce}>
      <RemixServer context={context} url={request.url} nonce={nonce} />
    </NonceProvider>,
  );
  const handoff = await readHandoff(serverHandoffStream, nonce);
  tellWhenToComeBack(status, headers);
  headers.set("Content-Type", "text/html; charset=utf-8");
  const whole = markup.endsWith(END) ? `${markup.slice(0, -END.length)}${handoff}${END}` : markup;
  return new Response(`<!DOCTYPE html>${whole}`, { headers, status });
}

const END = "</body></html>";

/** The data of a page alone, as its script asks for it. */
export function handleDataRequest(response: Response): Response {
  tellWhenToComeBack(response.status, response.headers);
  return response;
}

/** What a loader's own answer said of it is not kept by the framework. */
function tellWhenToComeBack(status: number, headers: Headers): void {
  if (status === 503) for (const [name, value] of Object.entries(COME_BACK)) headers.set(name, value);
}

/** Told to the log with the request's id; a request that its own browser gave up, or that came too many, is nobody's fault. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  if (request.signal.aborted || (isRouteErrorResponse(error) && (error.status < 500 || error.status === 503))) return;
  const path = new URL(request.url).pathname;
  const log = context.makeCtx?.({ kind: "anonymous" }).log;
  if (log) log.error({ err: error, requestId: context.requestId, path }, "a page failed");
  else console.error(error);
}

type EntryArguments = [Request, number, Headers, EntryContext, AppLoadContext];

/**
 * The browser side of the framework calls `new window[error.__subType](error.message)` while it hydrates. Only errors
 * that we or JavaScript made may get there; a plain object thrown by a route could carry somebody's words as code.
 */
function refuseShapedErrors(errors: Record<string, unknown> | null): void {
  for (const error of Object.values(errors ?? {})) {
    if (!(error instanceof Error) && !isRouteErrorResponse(error)) throw new Error("a route threw a bare value");
  }
}
