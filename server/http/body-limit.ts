import { type RequestHandler } from "express";

import { sendSentence } from "./sentence-page.ts";

const megabyte = 1_000_000;

/** What a body may weigh. Forms are small; those with files say multipart; a year of books is large. */
export function bodyLimitBytes(path: string, contentType: string | undefined): number {
  const multipart = contentType?.startsWith("multipart/form-data") ?? false;
  if (!multipart) return megabyte;
  return path.startsWith("/console/import") ? 200 * megabyte : 25 * megabyte;
}

/**
 * Refuses a body that says it is too large, and cuts one off that grows too large without saying so. It reads nothing
 * itself: the webhook and Remix get the stream as it came.
 */
export const limitBody: RequestHandler = (request, response, next) => {
  const limit = bodyLimitBytes(request.path, request.headers["content-type"]);
  const refuse = () => {
    response.set("Connection", "close");
    sendSentence(request, response, {
      status: 413,
      title: "That is too much at once",
      text: `What was sent is larger than ${String(limit / megabyte)} MB, so nothing was saved. Go back, shorten it or choose smaller files, and send it again.`,
    });
  };
  if (Number(request.headers["content-length"] ?? 0) > limit) {
    // Read to the end, within reason, because a browser that is still sending does not listen to the answer.
    request.resume();
    refuse();
    return;
  }
  let received = 0;
  const push = request.push.bind(request);
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    received += chunk?.length ?? 0;
    if (received <= limit) return push(chunk, encoding);
    if (!response.headersSent) refuse();
    request.destroy();
    return false;
  };
  next();
};
