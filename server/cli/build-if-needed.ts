import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const hashFile = join(root, ".cache/build-hash");
const sources = ["app", "server", "db", "public"];
const settings = ["package-lock.json", "vite.config.ts", "remix.config.js", "tsconfig.json"];

/** Builds the pages unless what stands in build/ came from exactly these sources. Says whether it built. */
export async function buildIfNeeded(): Promise<boolean> {
  const hash = await sourceHash();
  const isThere = existsSync(join(root, "build/server/index.js")) && existsSync(join(root, "build/client"));
  if (isThere && existsSync(hashFile) && readFileSync(hashFile, "utf8") === hash) return false;
  // Taken away first: a build that is killed half-way must not look like the last good one.
  rmSync(hashFile, { force: true });
  await pack();
  mkdirSync(dirname(hashFile), { recursive: true });
  writeFileSync(hashFile, hash);
  return true;
}

async function sourceHash(): Promise<string> {
  const names = await Promise.all(sources.map((folder) => filesBelow(folder)));
  const hash = createHash("sha256").update(process.version);
  for (const name of [...names.flat().sort(), ...settings]) {
    hash.update(`\0${name}\0`).update(await readFile(join(root, name)));
  }
  return hash.digest("hex");
}

async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(join(root, folder))) return [];
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

/** In a process of its own, beside the database's start; its words are shown only when it fails. */
function pack(): Promise<void> {
  return new Promise((settle, reject) => {
    // Room for young objects: with the usual 16 MB a fifth of the build is spent on taking them away.
    const child = spawn(process.execPath, ["--max-semi-space-size=64", join(import.meta.dirname, "pack-pages.js")], {
      cwd: root,
      env: { ...process.env, NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) settle();
      else reject(new Error(`the pages could not be built:\n${output}`));
    });
  });
}
