import { json as readJson, Router, urlencoded } from "express";

import { type Sandbox } from "../sandbox.ts";
import { loadAssets } from "./assets.ts";
import { bankPages } from "./bank-pages.ts";
import { elementRoutes } from "./element-routes.ts";
import { ownHeaders, sameOriginOnly } from "./guard.ts";
import { intentRoutes } from "./intents.ts";
import { opsRoutes } from "./ops-routes.ts";

/** What a browser needs of the stand-in. It reads its own bodies, and nothing of ours logs them. */
export function createBrowserRouter(sandbox: Sandbox): Router {
  const assets = loadAssets();
  const router = Router();
  router.use(
    ownHeaders,
    sameOriginOnly(sandbox),
    readJson({ limit: "200kb" }),
    urlencoded({ extended: false, limit: "200kb" }),
  );
  router.get("/stripe.js", (_req, res) => void res.type("js").send(assets.stripeScript));
  router.get("/page.css", (_req, res) => void res.type("css").send(assets.pageStyle));
  router.get("/ops.js", (_req, res) => void res.type("js").send(assets.opsScript));
  router.use("/elements", elementRoutes(sandbox, assets));
  router.use("/browser/intents", intentRoutes(sandbox));
  router.use(bankPages(sandbox));
  router.use(opsRoutes(sandbox));
  return router;
}
