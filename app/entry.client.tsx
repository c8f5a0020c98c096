import { RemixBrowser } from "@remix-run/react";
import { startTransition, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";

import { readPatiently } from "./realtime/read-patiently.ts";

readPatiently();

// The scroll lock of dialogs adds a <style>; it takes the page's nonce from this global (package get-nonce).
const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
if (nonce) Object.assign(globalThis, { __webpack_nonce__: nonce });

/**
 * Waits until the page's data is decoded. RemixBrowser suspends on it with no boundary above, and a key or a press in
 * that moment makes React 18 give the root up (error 345): the page would stay dead. Called outside React it does
 * nothing but throw what it waits for; an error among that comes again, and is told, when React renders it.
 */
async function dataDecoded(): Promise<void> {
  try {
    RemixBrowser({});
  } catch (waitsFor) {
    await Promise.resolve(waitsFor).catch(() => undefined);
  }
}

void dataDecoded().then(() => {
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <RemixBrowser />
      </StrictMode>,
    );
  });
});
