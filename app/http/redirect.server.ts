import { redirect as remixRedirect } from "@remix-run/node";

import { safePath } from "#app/contracts/safe-path.ts";

/** Goes on to an address inside the site. One that would leave it, built from whatever data, leads to "/" instead. */
export const redirect = (to: string, init: number | ResponseInit = 302) => remixRedirect(safePath(to), init);
