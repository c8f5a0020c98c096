import { type Request, type Response } from "express";

export type Sentence = { status: number; title: string; text: string };

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => escapes[char] ?? char);

/** The answer where no page of the application can be rendered: a title, one sentence, a way back. JSON to machines. */
export function sendSentence(request: Request, response: Response, { status, title, text }: Sentence): void {
  response.status(status).set("Cache-Control", "no-store");
  if (request.accepts(["html", "json"]) !== "html") {
    response.json({ ok: false, error: title, message: text });
    return;
  }
  const nonce = String(response.locals["cspNonce"] ?? "");
  response.type("html").send(`<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 34rem; margin: 20vh auto 0; padding: 0 1.5rem }
h1 { font-size: 1.5rem; line-height: 1.25 }
</style>
<main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p><p><a href="/">Go to the start page</a></p></main></html>`);
}
