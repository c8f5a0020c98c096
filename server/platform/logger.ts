import pino, { type DestinationStream, type Logger } from "pino";

import { passesCheckDigit } from "#app/contracts/mask-cards.ts";
import { TOKEN_PAGES } from "#app/contracts/token-pages.ts";

import { errorFacts, isFailureCode } from "./error-facts.ts";

export type Log = Logger;

const secretKeys = [
  ...["password", "newPassword", "current", "passwordHash", "code", "recoveryCodes", "token", "confirmationToken"],
  ...["secret", "clientSecret", "client_secret", "apiKey", "appKey", "cookie", "set-cookie", "authorization"],
  ...["stripe-signature", "number", "cvc", "cardNumber", "accountNumber", "routingNumber", "email"],
];
/** Redaction paths name their depth, so each key stands once per depth that our records have. */
const paths = secretKeys.flatMap((key) => ["", "*.", "*.*."].map((depth) => `${depth}["${key}"]`));

const secretShapes = /\b(?:(?:sk|rk)_(?:test|live)|whsec|pi_\w+_secret|seti_\w+_secret)_\w+/g;
/** Addresses that open something to whoever reads them: a bill, a password, a seat, a mailbox. */
const tokenPages = new RegExp(`(/|%2F)(${TOKEN_PAGES.join("|")})(/|%2F)[\\w-]{20,}`, "gi");
const credentialsInUrl = /(\w+:\/\/[^\s:/@]*):[^\s@/]+@/g;
const cardCandidate = /\b\d(?:[ -]?\d){12,18}\b/g;

/**
 * Structured lines: JSON escapes newlines, so nothing a stranger sends can forge a record. Secrets are cut by key and by
 * shape, card numbers by shape, wherever they stand in the line.
 */
export function createLogger(options: { level: string; destination?: DestinationStream }): Log {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths, censor },
      serializers: { err: errorFacts },
      hooks: { streamWrite: scrub },
    },
    options.destination ?? pino.destination({ dest: 1, sync: true }),
  );
}

/** A code is a failure's name, or what lets somebody in. */
const censor = (value: unknown, path: readonly string[]): unknown =>
  path.at(-1) === "code" && isFailureCode(value) ? value : "[redacted]";

/** Exported for what is written elsewhere than the log: crash notes, support bundles. */
export function scrub(line: string): string {
  return line
    .replace(secretShapes, "[redacted]")
    .replace(tokenPages, "$1$2$3[redacted]")
    .replace(credentialsInUrl, "$1:[redacted]@")
    .replace(cardCandidate, (digits) => (passesCheckDigit(digits.replace(/\D/g, "")) ? "[card]" : digits));
}
