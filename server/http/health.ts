import { type RequestHandler, Router } from "express";

export type HealthFacts = {
  version: string;
  stripe: { mode: "sandbox" | "test" | "live"; apiBase: string };
  /** Rejects, or takes long, when the database does not answer. */
  askDatabase: () => Promise<unknown>;
  /** False before everything has started and from the moment that a stop was asked for. */
  isReady: () => boolean;
};

const patienceMs = 2_000;

/** `/healthz`: is this process well. `/readyz`: may a load balancer send people here. */
export function healthRoutes(facts: HealthFacts): Router {
  const answers = async () => {
    const timeout = new Promise<boolean>((settle) => setTimeout(settle, patienceMs, false).unref());
    return Promise.race([
      facts.askDatabase().then(
        () => true,
        () => false,
      ),
      timeout,
    ]);
  };
  const healthz: RequestHandler = async (_request, response) => {
    const up = await answers();
    const { version, stripe } = facts;
    response.status(up ? 200 : 503).json({ ok: up, version, database: up ? "up" : "down", stripe });
  };
  const readyz: RequestHandler = async (_request, response) => {
    const ready = facts.isReady() && (await answers());
    response.status(ready ? 200 : 503).json({ ok: ready });
  };
  const router = Router();
  const noStore: RequestHandler = (_request, response, next) => {
    response.set("Cache-Control", "no-store");
    next();
  };
  router.get("/healthz", noStore, healthz);
  router.get("/readyz", noStore, readyz);
  return router;
}
