import { register } from "node:module";

// In a test's process, once, before anything loads the driver.
if (!(Symbol.for("remit.driver.mended") in globalThis)) register("../driver-hook.js", import.meta.url);
