// Packs the pages and then the programs, in one process: what is loaded for the first serves the second. Needs no
// TypeScript.
import { build } from "vite";

import { packPrograms } from "./pack-programs.js";

await build({ logLevel: "warn" });
// The server's half reads the list of files that the browser's half has written.
await build({ logLevel: "warn", build: { ssr: true } });
await packPrograms();
