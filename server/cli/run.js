// How our programs start: `node server/cli/run.js start`. From build/run, where that came from exactly these sources; else,
// and for development, from the sources themselves, compiled as they are read.
import { isBuilt } from "./build-if-needed.js";

const [program = "start"] = process.argv.splice(2, 1);
const developing = process.argv.includes("--dev");

// Before anything is loaded, also where nobody set it: React and Remix choose their halves by it.
process.env["NODE_ENV"] ??= developing ? "development" : "production";

if (!developing && isBuilt()) {
  await import(`../../build/run/${program}.js`);
} else {
  await import("../../db/preload.js");
  await import(`./${program}.ts`);
}
