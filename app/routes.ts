import { index, type RouteConfig } from "@remix-run/route-config";

/** Every address of the product, in one list. A folder per audience; addresses are explicit. */
export default [index("routes/index.tsx")] satisfies RouteConfig;
