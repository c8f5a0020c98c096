const RETRY_MS = 1_500;
/** A server that is busy, or looks for its database, is asked again for so long; then its answer is shown. */
const BUSY_MS = 20_000;
const BUSY = 503;

/**
 * A page whose loaders are read again while the network drops would be replaced by an error page, with all that is
 * typed on it, and Remix has no hook for that. So readings (GET of `.data`) wait for the network instead of failing, and
 * for a server that is busy; going elsewhere ends the wait. So do the console's forms that carry a key of their own or
 * name a step: sent again, perhaps after an answer that was lost, they are done once. Everything else is fetched as ever.
 */
export function readPatiently(): void {
  const plain = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    if (!isReading(input, init) && !isRepeatable(input, init)) return plain(input, init);
    const patientUntil = performance.now() + BUSY_MS;
    for (;;) {
      try {
        const answer = await plain(input, init);
        if (answer.status !== BUSY || performance.now() > patientUntil) return answer;
        await pause();
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

function isRepeatable(input: RequestInfo | URL, init: RequestInit | undefined): boolean {
  if (input instanceof Request || init?.method?.toUpperCase() !== "POST") return false;
  const { pathname } = new URL(input, location.href);
  if (!pathname.startsWith("/console/") || !pathname.endsWith(".data")) return false;
  const { body } = init;
  return (body instanceof URLSearchParams || body instanceof FormData) && (body.has("key") || body.has("step"));
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
