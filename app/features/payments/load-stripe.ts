import type { Stripe } from "@stripe/stripe-js";

export type StripeScript = { publishableKey: string; scriptUrl: string };

let loading: Promise<Stripe | null> | undefined;

/**
 * The browser's side of the processor, loaded once and only by the page that takes a card. Where the stand-in runs, its
 * script defines `window.Stripe` first, and Stripe's own loader takes what is there.
 */
export function loadProcessor({ publishableKey, scriptUrl }: StripeScript): Promise<Stripe | null> {
  loading ??= (async () => {
    const { loadStripe } = await import("@stripe/stripe-js/pure");
    if (scriptUrl.startsWith("/")) await addScript(scriptUrl);
    return loadStripe(publishableKey);
  })().catch((error: unknown) => {
    // The next try begins anew.
    loading = undefined;
    throw error;
  });
  return loading;
}

function addScript(src: string): Promise<void> {
  return new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = () => loaded();
    script.onerror = () => failed(new Error(`${src} could not be loaded`));
    document.head.append(script);
  });
}
