import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { denyImports } from "vite-env-only";
import { defineConfig } from "vite";

import remixConfig from "./remix.config.js";

const serverPackages = ["@node-rs/argon2", "@simplewebauthn/server", "drizzle-orm", "lucia", "postgres", "stripe"];

/** What every page needs comes as one file, which stays in the browser's cache while our own files change. */
const framework =
  /\/node_modules\/((react|react-dom|scheduler|react-router|react-router-dom|@remix-run|turbo-stream)\/|lucide-react\/dist\/esm\/(?!icons\/))/;

/** Many small files that always come together are smaller as one: on every page, on every page of somebody signed in, with forms. */
const everywhere =
  /\/app\/(ui\/(brand|button|error-page|link|locale|mark|nonce|popover|room|skip-link|spinner|theme|theme-choice|under-way)\.tsx?|contracts\/safe-path\.ts)$|\/icons\/(contrast|monitor|moon|sun)\.m?js$/;
const signedIn =
  /\/app\/(ui\/(avatar|date|load-part|money|notice|pairs|status|toast|use-read)\.tsx?|realtime\/(index|pace|realtime-provider|use-code-at-hand|use-is-cut-off|use-live|use-revalidate-soon|use-unread)\.tsx?|contracts\/isolated\.ts)$|\/icons\/(bell|circle-exclamation-point|menu|message-circle)\.m?js$/;

const forms =
  /\/app\/ui\/(checkbox|error-summary|field|select|submit-button|text-input|use-kept-form|use-reply)\.tsx?$/;

const chunkOf = (id: string) =>
  Object.entries({ framework, everywhere, "signed-in": signedIn, forms }).find(([, files]) => files.test(id))?.[0];

export default defineConfig(({ command, isSsrBuild }) => ({
  plugins: [
    // The browser must never receive server code, nor what reads forms there, whatever a route imports by mistake: such a
    // build fails.
    command === "build" &&
      denyImports({
        client: {
          files: [/^(server|db|app\/contracts\/forms)\//],
          specifiers: [...serverPackages, "zod", /^drizzle-orm\//],
        },
      }),
    tailwindcss(),
    remix(remixConfig),
  ],
  server: { watch: { ignored: ["**/.data/**", "**/.cache/**"] } },
  // What the browser's own folders import is prepared before the first page; routes would lead the scan into the server.
  optimizeDeps: {
    entries: [
      "./app/entry.client.tsx",
      "./app/{contracts,features,realtime,ui}/**/*.{ts,tsx}",
      "!**/*.{test,server}.*",
    ],
    // In development Remix looks through whole routes for styles, their loaders' imports too: those stay out of the browser.
    exclude: serverPackages,
  },
  // A type-only import leaves nothing behind: without this, `import { type X }` stays as an import of the whole module.
  esbuild: { tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: false } } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // The server's half is read once, at its start: looking for what it could leave out costs more than it saves. What the
    // running server has loaded already is used from there, not packed a second time.
    ...(isSsrBuild
      ? { rollupOptions: { treeshake: false, external: [/^#(server|db)\//] } }
      : { rollupOptions: { output: { manualChunks: chunkOf, onlyExplicitManualChunks: true } } }),
  },
  ssr: { noExternal: [] },
}));
