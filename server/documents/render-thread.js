// A thread's first file is read before any loader is: this one is plain, and brings the loader for the rest.
import { register } from "tsx/esm/api";

register();
await import("./render-worker.ts");
