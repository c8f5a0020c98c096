import boundaries from "eslint-plugin-boundaries";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

import { boundaryConfigs, boundarySettings } from "./eslint.boundaries.js";
import { isolatedNames } from "./eslint.names.js";

export default tseslint.config(
  { ignores: ["build/**", "node_modules/**", ".data/**", ".cache/**", "test-results/**", "playwright-report/**"] },
  ...tseslint.configs.strict,
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/no-invalid-void-type": "off",
      "no-console": ["error", { allow: ["error"] }],
      "no-empty": ["error", { allowEmptyCatch: false }],
      "max-lines": ["error", { max: 250, skipBlankLines: false, skipComments: false }],
      "max-lines-per-function": ["error", { max: 70, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["{app,server,db,e2e}/**/*.{ts,tsx}"],
    plugins: { boundaries },
    settings: boundarySettings,
  },
  ...boundaryConfigs,
  {
    files: ["app/**/*.{ts,tsx}"],
    ignores: ["app/ui/icons.ts", "app/ui/link{,.test}.tsx", "app/http/redirect.server.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { name: "lucide-react", message: "Icons come from app/ui/icons.ts." },
        // An address built from data may lead off the site (a backslash, two slashes): ours go through safePath.
        {
          name: "@remix-run/react",
          importNames: ["Link", "NavLink", "Navigate", "useNavigate"],
          message: "Ways to go come from app/ui/link.tsx.",
        },
        {
          name: "@remix-run/node",
          importNames: ["redirect", "redirectDocument", "replace"],
          message: "Redirects come from app/http/redirect.server.ts.",
        },
      ],
    },
  },
  isolatedNames,
  {
    files: ["app/**/*.{ts,tsx}"],
    ignores: ["app/ui/use-read.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { property: "load", message: "What is read beside a page is read by useRead." },
      ],
    },
  },
  {
    files: ["e2e/**/*.spec.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { name: "@playwright/test", importNames: ["test", "expect"], message: "Both come from e2e/test.ts." },
      ],
    },
  },
  {
    files: ["app/**/*.tsx"],
    plugins: { "react-hooks": reactHooks },
    rules: { ...reactHooks.configs.recommended.rules },
  },
  {
    files: ["**/*.test.{ts,tsx}", "e2e/**", "db/schema/**", "app/routes.ts", "db/testing/**"],
    rules: { "max-lines": "off", "max-lines-per-function": "off" },
  },
  { files: ["server/cli/**", "e2e/**", "db/testing/**"], rules: { "no-console": "off" } },
);
