import { type Algorithm, hash, verify } from "@node-rs/argon2";

import { COMMON_PASSWORDS } from "./common-passwords.ts";
import { inTurn } from "./in-turn.ts";

/** OWASP's Argon2id setting (19 MiB, t=2, p=1): 10 ms in a worker thread, off the event loop. */
const OPTIONS = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const MIN_PASSWORD_LENGTH = 12;
/** Longer ones are refused, not cut: hashing is work that strangers may ask for. */
export const MAX_PASSWORD_LENGTH = 200;

export type PasswordRefusal =
  | { ok: false; reason: "password_too_short"; least: number }
  | { ok: false; reason: "password_too_long"; most: number }
  | { ok: false; reason: "password_too_common" };

/** The same letters typed on another keyboard are the same password. */
const normal = (password: string): string => password.normalize("NFKC");

/** Throws `unavailable` when too many are being hashed. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(normal(password), OPTIONS));

/**
 * Whether the password fits. Without a stored hash the same work is done against one that fits nothing, so that the
 * time taken does not tell whether an e-mail exists.
 */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  const text = normal(password);
  if (text.length > MAX_PASSWORD_LENGTH) return false;
  const other = stored ?? (await nobody);
  const fits = await inTurn(() => verify(other, text, OPTIONS));
  return stored !== null && fits;
}

const nobody = hash(`nobody ${Math.random()}`, OPTIONS);

/** A new password must be long enough and not among the first ones an attacker tries, nor the person's own name. */
export function checkNewPassword(password: string, own: readonly string[]): { ok: true } | PasswordRefusal {
  const text = normal(password);
  if ([...text].length < MIN_PASSWORD_LENGTH) {
    return { ok: false, reason: "password_too_short", least: MIN_PASSWORD_LENGTH };
  }
  if (text.length > MAX_PASSWORD_LENGTH) return { ok: false, reason: "password_too_long", most: MAX_PASSWORD_LENGTH };
  const itself = own.some((word) => word.length > 3 && text.toLowerCase() === word.toLowerCase());
  return itself || isCommon(text.toLowerCase()) ? { ok: false, reason: "password_too_common" } : { ok: true };
}

/** Among the first that attackers try: a common one, with the usual trimmings, or one that only looks long. */
function isCommon(text: string): boolean {
  if (new Set(text).size <= 2 || isRepeated(text) || SEQUENCES.some((row) => row.includes(text))) return true;
  const spellings = [text, trimmed(text)].flatMap((one) => [one, unleet(one)]);
  const stems = spellings.flatMap((one) => [one, lettersOf(one), trimmed(one)]);
  return stems.some((stem) => COMMON_PASSWORDS.has(stem) || OWN_COMMON.has(stem));
}

const LEET: Readonly<Record<string, string>> = {
  ...{ "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", $: "s", "!": "i" },
};

const unleet = (text: string): string => text.replace(/[0134578@$!]/g, (sign) => LEET[sign] ?? sign);
const lettersOf = (text: string): string => text.replace(/[^\p{L}]+/gu, "");
/** Without the digits and signs that are put before and behind a word. */
const trimmed = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");

/** "abcabcabcabc", "dragondragon": as hard to guess as what is repeated. */
function isRepeated(text: string): boolean {
  for (let size = 1; size <= text.length / 2; size += 1) {
    const unit = text.slice(0, size);
    const repeats = text === unit.repeat(Math.ceil(text.length / size)).slice(0, text.length);
    if (repeats && (size <= 4 || COMMON_PASSWORDS.has(unit))) return true;
  }
  return false;
}

/** What the list lacks, and what people here would choose first. */
const OWN_COMMON = new Set(["passwort", "administrator", "changeme", "default", "letmeinplease", "welcome", "remit"]);
const SEQUENCES = [
  "01234567890123456789",
  "98765432109876543210",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
];
