/** Imported before anything else: React and Remix choose their halves by it as they are loaded, also where nobody set it. */
process.env["NODE_ENV"] ??= process.argv.includes("--dev") ? "development" : "production";
