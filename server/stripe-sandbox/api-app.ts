import express, { type Express } from "express";

import { answerWith } from "./call/answer.ts";
import { endpoints } from "./routes/index.ts";
import { type Sandbox } from "./sandbox.ts";

/** The REST side, as the SDK meets it. */
export function createApiApp(sandbox: Sandbox): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(express.text({ type: () => true, limit: "1mb" }));
  for (const endpoint of endpoints) {
    const answer = answerWith(sandbox, endpoint);
    app[endpoint.method](endpoint.path, (req, res) => void answer(req, res));
  }
  app.use((req, res) => {
    res.status(404).json({
      error: {
        type: "invalid_request_error",
        message: `Unrecognized request URL (${req.method}: ${req.path}). The stand-in has what its README lists.`,
      },
    });
  });
  return app;
}
