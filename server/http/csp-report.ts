import express, { Router } from "express";

import { type Log } from "#server/platform/ctx.ts";

import { cspReportPath } from "./security-headers.ts";

export const VIOLATION = "the content security policy was violated";

const reportTypes = ["application/csp-report", "application/reports+json", "application/json"];

/** Browsers tell us what our own policy stopped: a mistake of ours, or an attack. Bounded, and never trusted. */
export function cspReports(log: Log): Router {
  const router = Router();
  router.post(cspReportPath, express.text({ type: reportTypes, limit: "16kb" }), (request, response) => {
    const body: unknown = request.body;
    log.warn({ report: typeof body === "string" ? body.slice(0, 2_000) : "" }, VIOLATION);
    response.status(204).end();
  });
  return router;
}
