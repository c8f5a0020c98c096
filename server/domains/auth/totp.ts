import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** RFC 6238 as every authenticator app understands it: SHA-1, six digits, thirty seconds. */
const STEP_MS = 30_000;
const DIGITS = 6;
/** A phone's clock may be this many steps off, either way. */
const DRIFT = 1;
const SECRET_BYTES = 20;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A new secret in base32, as an app takes it. */
export const makeTotpSecret = (): string => toBase32(randomBytes(SECRET_BYTES));

export const stepAt = (ms: number): number => Math.floor(ms / STEP_MS);

/** The code that an app with this secret shows during a time step. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  const number = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
}

/** The step whose code this is, among those near `nowMs` and after `lastStep`; null for none. */
export function findStep(
  secret: string,
  { code, nowMs, lastStep }: { code: string; nowMs: number; lastStep: number },
): number | null {
  const now = stepAt(nowMs);
  let found: number | null = null;
  // All of them are compared, whichever fits: the time taken tells nothing.
  for (let step = now - DRIFT; step <= now + DRIFT; step += 1) {
    if (sameText(totpCode(secret, step), code) && step > lastStep) found ??= step;
  }
  return found;
}

/** What an app's camera reads (Key URI format of Google Authenticator). */
export function totpAddress({ secret, email, issuer }: { secret: string; email: string; issuer: string }): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(email)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&digits=${String(DIGITS)}&period=${String(STEP_MS / 1000)}`;
}

const sameText = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

export function toBase32(bytes: Buffer): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, "0"), 2)] ?? "").join("");
}

function fromBase32(text: string): Buffer {
  let bits = "";
  for (const letter of text.toUpperCase()) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, "0");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
