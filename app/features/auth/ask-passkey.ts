import { PASSKEY_TEXTS } from "#app/contracts/messages/auth.ts";

export type PasskeyPurpose = "sign_in" | "add" | "confirm";
export type Asked = { ok: true; answer: string } | { ok: false; sentence: string };

/** Asks the browser's passkeys; their library is loaded now and not before. The answer is JSON for a form's field. */
export async function askPasskey(purpose: PasskeyPurpose): Promise<Asked> {
  if (!("PublicKeyCredential" in window)) return { ok: false, sentence: PASSKEY_TEXTS.unable };
  try {
    const [library, offer] = await Promise.all([import("@simplewebauthn/browser"), fetchOffer(purpose)]);
    if (offer === null) return { ok: false, sentence: PASSKEY_TEXTS.offline };
    const answer =
      purpose === "add"
        ? await library.startRegistration({ optionsJSON: offer as never })
        : await library.startAuthentication({ optionsJSON: offer as never });
    return { ok: true, answer: JSON.stringify(answer) };
  } catch (error) {
    return { ok: false, sentence: sentenceOf(error) };
  }
}

async function fetchOffer(purpose: PasskeyPurpose): Promise<unknown> {
  const answer = await fetch("/passkeys/offer", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ purpose }),
  });
  return answer.ok ? answer.json() : null;
}

function sentenceOf(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError") return PASSKEY_TEXTS.known;
  if (name === "NotAllowedError" || name === "AbortError") return PASSKEY_TEXTS.stopped;
  return name === "TypeError" ? PASSKEY_TEXTS.offline : PASSKEY_TEXTS.unable;
}
