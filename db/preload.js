// What every Node process of ours starts with (--import): TypeScript, and the mended driver before anything loads it.
import { register } from "node:module";

import "tsx";

register("./driver-hook.js", import.meta.url);
