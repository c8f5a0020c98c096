import { resolve } from "node:path";

import express, { Router } from "express";

/** Files whose name carries their hash are kept for ever; the rest (favicon, manifest) for an hour. */
export function staticFiles(clientFolder: string): Router {
  const router = Router();
  const assets = resolve(clientFolder, "assets");
  router.use("/assets", express.static(assets, { immutable: true, maxAge: "1y", index: false, redirect: false }));
  // A missing asset is an old page after a deploy: an answer at once, without rendering a page for it.
  router.use("/assets", (_request, response) => {
    response.status(404).type("text").send("Not found");
  });
  const others = express.static(clientFolder, { maxAge: "1h", index: false, redirect: false });
  // Only a file has an ending that is not a page's data: no page waits for a look at the disk.
  router.use((request, response, next) => {
    if (/\.(?!data$)\w+$/.test(request.path)) others(request, response, next);
    else next();
  });
  return router;
}
