import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const hashFile = join(root, ".cache/build-hash");
const sources = ["app", "server", "db", "public"];
const settings = ["package-lock.json", "package.json", "vite.config.ts", "remix.config.js", "tsconfig.json"];
const results = ["build/client", "build/server/index.js", "build/run/start.js"];

/** Whether what stands in build/ came from exactly these sources. */
export const isBuilt = () => isFrom(sourceHash());

/** Packs pages and programs unless what stands in build/ came from exactly these sources. Says whether it did. */
export async function buildIfNeeded() {
  const hash = sourceHash();
  if (isFrom(hash)) return false;
  // Taken away first: a build that is killed half-way must not look like the last good one.
  rmSync(hashFile, { force: true });
  await pack();
  mkdirSync(dirname(hashFile), { recursive: true });
  writeFileSync(hashFile, hash);
  return true;
}

/** @param {string} hash */
const isFrom = (hash) =>
  existsSync(hashFile) &&
  readFileSync(hashFile, "utf8") === hash &&
  results.every((path) => existsSync(join(root, path)));

/** Read without waiting: a thousand small files take a third of the time that asking for each takes. */
function sourceHash() {
  const names = sources.flatMap(filesBelow).sort();
  const hash = createHash("sha256").update(process.version);
  for (const name of [...names, ...settings]) {
    hash.update(`\0${name}\0`).update(readFileSync(join(root, name)));
  }
  return hash.digest("hex");
}

/** @param {string} folder */
function filesBelow(folder) {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

/**
 * In a process of its own, beside the database's start; its words are shown only when it fails.
 *
 * @returns {Promise<void>}
 */
function pack() {
  return new Promise((settle, reject) => {
    // Room for young objects: with the usual 16 MB a fifth of the build is spent on taking them away.
    const child = spawn(process.execPath, ["--max-semi-space-size=64", join(import.meta.dirname, "pack.js")], {
      cwd: root,
      env: { ...process.env, NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += String(chunk)));
    child.stderr.on("data", (chunk) => (output += String(chunk)));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) settle();
      else reject(new Error(`the pages could not be built:\n${output}`));
    });
  });
}
