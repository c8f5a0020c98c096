import { type RequestHandler } from "express";
import { ZodError } from "zod";

import { type Reply } from "../call/reply.ts";
import { StripeFault } from "../call/stripe-fault.ts";
import { type Sandbox } from "../sandbox.ts";

/** What arrives in a browser's or a test's body: only its shape is known. */
export type Body = Record<string, unknown>;

export type Question = {
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: Body;
  ip: string | null;
  userAgent: string | null;
};

function bodyOf(value: unknown): Body {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Body) : {};
}

/** Answers with JSON; Stripe's faults keep their shape. */
export function json(sandbox: Sandbox, answer: (question: Question) => Promise<Reply | object>): RequestHandler {
  return (req, res) => {
    const question: Question = {
      params: req.params,
      query: req.query,
      body: bodyOf(req.body),
      ip: req.ip ?? null,
      userAgent: req.header("user-agent") ?? null,
    };
    answer(question)
      .then((reply) => {
        if ("status" in reply && "body" in reply) res.status(Number(reply.status)).json(reply.body);
        else res.json(reply);
      })
      .catch((error: unknown) => {
        if (error instanceof StripeFault) return res.status(error.status).json({ error: error.body });
        if (error instanceof ZodError)
          return res.status(400).json({
            error: {
              type: "invalid_request_error",
              message: error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "),
            },
          });
        sandbox.log.error({ err: error, path: req.path }, "the Stripe stand-in failed");
        return res
          .status(500)
          .json({ error: { type: "api_error", message: "The stand-in failed: its log says why." } });
      })
      .finally(() => sandbox.onWork.wake());
  };
}
