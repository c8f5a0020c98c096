import { type IncomingHttpHeaders } from "node:http";

import { type RequestHandler } from "express";

import { isMachineEndpoint } from "./machine-endpoints.ts";
import { sendSentence } from "./sentence-page.ts";

const readingMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** Before anything else runs: what changes something must come from a page of ours. */
export function originCheck(publicUrl: string | undefined): RequestHandler {
  return (request, response, next) => {
    if (
      readingMethods.has(request.method) ||
      isMachineEndpoint(request.path) ||
      isSameOrigin(request.headers, publicUrl)
    ) {
      // Judged here, once. Remix would compare it with Host again, which a proxy may have changed and which a mail
      // program's page never is, and would break instead of refusing.
      delete request.headers.origin;
      next();
      return;
    }
    sendSentence(request, response, {
      status: 403,
      title: "This did not come from one of our pages",
      text: `Nothing was changed. ${publicUrl ? `Open ${publicUrl} and try again there.` : "Open the page again and try once more."}`,
    });
  };
}

/** Also asked by the socket's handshake. A missing Origin is a refusal. */
export function isSameOrigin(headers: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const { origin, host } = headers;
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  if (!origin || !URL.canParse(origin)) return false;
  if (publicUrl) return origin === publicUrl;
  const { protocol, host: originHost } = new URL(origin);
  return (protocol === "http:" || protocol === "https:") && originHost === host?.toLowerCase();
}
