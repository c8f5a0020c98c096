import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files of a folder, in the order of their names, sharing one object and nothing else with the page. */
function bundle(folder: string): string {
  const directory = join(import.meta.dirname, folder);
  const files = readdirSync(directory).filter((name) => name.endsWith(".js"));
  const scopes = files.sort().map((name) => `{\n${readFileSync(join(directory, name), "utf8")}\n}`);
  return `(() => {\n"use strict";\nconst parts = {};\n${scopes.join("\n")}\n})();\n`;
}

function text(path: string): string {
  return readFileSync(join(import.meta.dirname, path), "utf8");
}

export function loadAssets() {
  return {
    stripeScript: bundle("client"),
    elementScript: bundle("element"),
    elementPage: text("element/payment.html"),
    elementStyle: text("element/payment.css"),
    pageStyle: text("pages/page.css"),
    opsScript: bundle("pages"),
  };
}
