import { type Algorithm, hash, verify } from "@node-rs/argon2";

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

export const hashPassword = (password: string): Promise<string> => hash(normal(password), OPTIONS);

/**
 * Whether the password fits. Without a stored hash the same work is done against one that fits nothing, so that the
 * time taken does not tell whether an e-mail exists.
 */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  if (password.length > MAX_PASSWORD_LENGTH) return false;
  const fits = await verify(stored ?? (await nobody), normal(password), OPTIONS);
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
  const bare = text.toLowerCase().replace(/[\s\d!@#$%^&*().,_-]+/g, "");
  const oneSign = new Set(text).size <= 2;
  const itself = own.some((word) => word.length > 3 && text.toLowerCase() === word.toLowerCase());
  return oneSign || itself || COMMON.has(bare) || SEQUENCES.some((row) => row.includes(text.toLowerCase()))
    ? { ok: false, reason: "password_too_common" }
    : { ok: true };
}

/** The stems of the commonest leaked passwords of ten signs and more, digits and punctuation taken off. */
const COMMON = new Set(
  "password passwort passw0rd letmein welcome iloveyou qwerty qwertyuiop asdfghjkl zxcvbnm qazwsx qwertyuiopasdf admin administrator football baseball superman princess sunshine dragon monkey michael jordan charlie changeme default secret master trustno access".split(
    " ",
  ),
);
const SEQUENCES = [
  "01234567890123456789",
  "98765432109876543210",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
];
