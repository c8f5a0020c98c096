import { register } from "node:module";

// In a test's process, before anything loads the driver.
register("../driver-hook.js", import.meta.url);
