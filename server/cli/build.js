import { buildIfNeeded } from "./build-if-needed.js";

/** `npm run build`: packs pages and programs where the sources have changed since the last build. */
const built = await buildIfNeeded();
process.stdout.write(built ? "Built.\n" : "Up to date.\n");
