import { type Request, type Response } from "express";

import { sentencePage } from "#app/contracts/sentence-page.ts";

export type Sentence = { status: number; title: string; text: string };

/** The answer where no page of the application can be rendered: a title, one sentence, a way back. JSON to machines. */
export function sendSentence(request: Request, response: Response, { status, title, text }: Sentence): void {
  response.status(status).set("Cache-Control", "no-store");
  if (request.accepts(["html", "json"]) !== "html") {
    response.json({ ok: false, error: title, message: text });
    return;
  }
  const nonce = String(response.locals["cspNonce"] ?? "");
  const way = { to: "/", label: "Go to the start page" };
  response.type("html").send(sentencePage({ title, text, way, nonce }));
}
