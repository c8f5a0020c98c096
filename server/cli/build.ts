import { buildIfNeeded } from "./build-if-needed.ts";

/** `npm run build`: builds the pages where the sources have changed since the last build. */
const built = await buildIfNeeded();
process.stdout.write(built ? "Built.\n" : "Up to date.\n");
