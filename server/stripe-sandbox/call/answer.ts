import { type Request as HttpRequest, type Response as HttpResponse } from "express";

import { newId } from "../ids.ts";
import { takeFault, type FaultMode } from "../knobs/faults.ts";
import { type Sandbox } from "../sandbox.ts";
import { apiVersion } from "../webhooks/emit.ts";
import { asNow } from "./check-parameters.ts";
import { parseForm } from "./parse-form.ts";
import { type Endpoint, type Reply } from "./reply.ts";
import { runCall, type Answer } from "./run-call.ts";
import { refusal, StripeFault } from "./stripe-fault.ts";

const hangMs = 150_000;

function apiError(message: string): Reply {
  return { status: 500, body: { error: { type: "api_error", message } } };
}

function send(res: HttpResponse, requestId: string, answer: Answer): void {
  res.setHeader("request-id", requestId);
  res.setHeader("stripe-version", res.req.header("stripe-version") ?? apiVersion);
  if (answer.replayOf !== undefined) {
    res.setHeader("idempotent-replayed", "true");
    res.setHeader("original-request", answer.replayOf);
  }
  const key = res.req.header("idempotency-key");
  if (key !== undefined) res.setHeader("idempotency-key", key);
  // A kept 500 is replayed for ever: asking again with the same key is pointless, and Stripe says so.
  if (answer.status === 500) res.setHeader("stripe-should-retry", "false");
  res.status(answer.status).json(answer.body);
}

function hang(res: HttpResponse): void {
  const timer = setTimeout(() => res.destroy(), hangMs);
  timer.unref();
  res.once("close", () => clearTimeout(timer));
}

function keyFrom(req: HttpRequest): boolean {
  const header = req.header("authorization") ?? "";
  const basic = /^Basic (.+)$/i.exec(header)?.[1];
  const secret = basic
    ? Buffer.from(basic, "base64").toString("utf8").split(":")[0]
    : /^Bearer (.+)$/i.exec(header)?.[1];
  return /^(sk|rk)_test_/.test(secret ?? "");
}

/** Stripe holds keys of up to 255 characters. */
function keyOf(req: HttpRequest): string | null {
  const key = req.header("idempotency-key") ?? null;
  if (key !== null && key.length > 255)
    throw refusal({ message: `Keys for idempotent requests may be at most 255 characters. Yours has ${key.length}.` });
  return key;
}

const unauthorized: Reply = {
  status: 401,
  body: {
    error: {
      type: "invalid_request_error",
      message: "You did not provide an API key, or not a test key (sk_test_…). The stand-in takes any test key.",
    },
  },
};

const rateLimited: Reply = {
  status: 429,
  body: {
    error: {
      type: "invalid_request_error",
      code: "rate_limit",
      doc_url: "https://stripe.com/docs/error-codes/rate-limit",
      message:
        "Request rate limit exceeded. You can learn more about rate limits here https://stripe.com/docs/rate-limits.",
    },
  },
};

/** True when the fault has answered, or decided that nobody will. */
function refuseFirst(mode: FaultMode | undefined, res: HttpResponse, requestId: string): boolean {
  if (mode === "429") send(res, requestId, rateLimited);
  else if (mode === "503") send(res, requestId, { ...apiError("The API is unavailable."), status: 503 });
  else if (mode === "timeout") hang(res);
  else if (mode === "reset") res.socket?.resetAndDestroy();
  else return false;
  return true;
}

function sendUnlessFaulty(
  mode: FaultMode | undefined,
  res: HttpResponse,
  done: { requestId: string; answer: Answer },
): void {
  if (mode === "done_then_timeout") hang(res);
  else if (mode === "done_then_reset") res.socket?.resetAndDestroy();
  else if (mode === "done_then_500") send(res, done.requestId, apiError("Something went wrong on Stripe's end."));
  else send(res, done.requestId, done.answer);
}

/** Turns an endpoint into what express calls. */
export function answerWith(sandbox: Sandbox, endpoint: Endpoint) {
  return async (req: HttpRequest, res: HttpResponse): Promise<void> => {
    const requestId = newId("req");
    try {
      if (!keyFrom(req)) return send(res, requestId, unauthorized);
      const mode = await takeFault(sandbox.sql, { method: req.method, path: req.path });
      if (refuseFirst(mode, res, requestId)) return;
      const query = req.originalUrl.split("?")[1] ?? "";
      const sent = parseForm(req.method === "POST" ? String(req.body ?? "") : query);
      const params = asNow(sent, req.header("stripe-version"));
      const key = req.method === "POST" ? keyOf(req) : null;
      const work = {
        nowMs: sandbox.clock.now().getTime(),
        request: { id: requestId, idempotencyKey: key },
        publicBase: sandbox.publicBase(),
      };
      const forced = mode === "500" ? apiError("Something went wrong on Stripe's end.") : undefined;
      const id = req.params["id"] ?? "";
      const answer = await runCall(sandbox.sql, { endpoint, params, id, path: req.path, key, work }, forced);
      if (req.method !== "GET") sandbox.onWork.wake();
      sendUnlessFaulty(mode, res, { requestId, answer });
    } catch (error) {
      if (error instanceof StripeFault)
        return send(res, requestId, { status: error.status, body: { error: error.body } });
      sandbox.log.error({ err: error, path: req.path }, "the Stripe stand-in failed");
      send(res, requestId, apiError("The stand-in failed: its log says why."));
    }
  };
}
