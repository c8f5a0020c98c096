import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { denyImports } from "vite-env-only";
import { defineConfig } from "vite";

import remixConfig from "./remix.config.js";

export default defineConfig({
  plugins: [
    // The browser must never receive server code, whatever a route imports by mistake.
    denyImports({
      client: { files: ["server/**", "db/**"], specifiers: ["stripe", "lucia", "postgres", /^drizzle-orm/] },
    }),
    tailwindcss(),
    remix(remixConfig),
  ],
  server: { watch: { ignored: ["**/.data/**", "**/.cache/**"] } },
  optimizeDeps: { entries: ["./app/**/*.{ts,tsx}"] },
  // A type-only import leaves nothing behind: without this, `import { type X }` stays as an import of the whole module.
  esbuild: { tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: false } } },
  build: { target: "es2022", assetsInlineLimit: 0, reportCompressedSize: false },
  ssr: { noExternal: [] },
});
