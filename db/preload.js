// What every Node process of ours starts with (--import): TypeScript, and the mended driver before anything loads it.
import { register } from "node:module";

import "tsx";

// React and Remix choose their halves by it as they are loaded, which is before a line of ours runs.
process.env.NODE_ENV ??= process.argv.includes("--dev") ? "development" : "production";

register("./driver-hook.js", import.meta.url);
