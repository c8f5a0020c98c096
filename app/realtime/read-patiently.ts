const RETRY_MS = 1_500;

/**
 * A page whose loaders are read again while the network drops would be replaced by an error page, with all that is
 * typed on it, and Remix has no hook for that. So readings (GET of `.data`) wait for the network instead of failing;
 * going elsewhere ends the wait. Everything else is fetched as ever.
 */
export function readPatiently(): void {
  const plain = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    if (!isReading(input, init)) return plain(input, init);
    for (;;) {
      try {
        return await plain(input, init);
      } catch (error) {
        // An abort is a DOMException: somebody went elsewhere. A TypeError is the network.
        if (!(error instanceof TypeError) || init?.signal?.aborted) throw error;
        await pause();
      }
    }
  };
}

function isReading(input: RequestInfo | URL, init: RequestInit | undefined): boolean {
  if (input instanceof Request || (init?.method ?? "GET").toUpperCase() !== "GET") return false;
  return new URL(input, location.href).pathname.endsWith(".data");
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener("online", go);
      resolve();
    };
    const timer = setTimeout(go, RETRY_MS);
    addEventListener("online", go);
  });
}
