import { rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";

import { build } from "esbuild";

import { mendDriver } from "../../db/driver-hook.js";

const root = resolve(import.meta.dirname, "../..");
const outdir = join(root, "build/run");
const programs = ["start", "books", "import", "staff", "setup"];

/** Packages of very many small files, and the driver, which is mended. All others are loaded from where they are installed. */
const packedPackages = /^(@radix-ui\/|lucide-react|postgres$|zod$)/;

/**
 * Packs each program of ours, with the pages' server half, into a few files that Node reads at once: a thousand files of
 * TypeScript, each handed to a compiler, take five seconds longer to start.
 */
export async function packPrograms() {
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: programs.map((name) => join(root, `server/cli/${name}.ts`)),
    ...{ outdir, bundle: true, splitting: true, format: "esm", platform: "node", target: "node20" },
    ...{ jsx: "automatic", logLevel: "error", absWorkingDir: root },
    // An import of types alone leaves nothing behind.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: false } },
    plugins: [
      { name: "packages", setup: leavePackages },
      { name: "places", setup: keepPlaces },
    ],
  });
}

/** @param {import("esbuild").PluginBuild} building */
function leavePackages(building) {
  building.onResolve({ filter: /^[^./#]/ }, ({ path, kind }) =>
    kind === "entry-point" || packedPackages.test(path) ? undefined : { path, external: true },
  );
  building.onLoad({ filter: /node_modules[/\\]postgres[/\\]src[/\\]connection\.js$/ }, async ({ path }) => ({
    contents: mendDriver(await readFile(path, "utf8")),
  }));
}

/**
 * A packed file still finds its folder of sources by import.meta: migrations, fonts and threads lie beside those.
 *
 * @param {import("esbuild").PluginBuild} building
 */
function keepPlaces(building) {
  building.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
    const place = relative(outdir, path).split(sep).join("/");
    const source = await readFile(path, "utf8");
    const contents = source
      .replaceAll("import.meta.dirname", `(import.meta.dirname + ${JSON.stringify(`/${dirname(place)}`)})`)
      .replaceAll("import.meta.url", `new URL(${JSON.stringify(place)}, import.meta.url).href`);
    return { contents, loader: path.endsWith("x") ? "tsx" : "ts" };
  });
}
