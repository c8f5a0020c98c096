/**
 * Card numbers have no place in a conversation, nor in anything that is kept: whatever looks like one is hidden down to
 * its last four digits before it is sent, and once more before it is stored. A number counts as a card's when it has a
 * network's prefix and length, passes the check digit, and is written like one: in one piece, or with one kind of
 * separator throughout. Where one was hidden, a security code that is named as such goes with it.
 */
export function maskCardNumbers(text: string): string {
  // Without this many digits there is nothing to look for: most messages end here.
  if ((text.match(DIGIT)?.length ?? 0) < LEAST) return text;
  const masked = text.replace(IBANS_AND_RUNS, (found) =>
    /^\p{Nd}/u.test(found) ? maskRun(found) : maskUnlessIban(found),
  );
  return masked === text ? text : masked.replace(CODES, (_all, name: string) => `${name} •••`);
}

/** Whether a text holds what would be hidden: to tell its writer before it is sent. */
export const holdsCardNumber = (text: string): boolean => maskCardNumbers(text) !== text;

const LEAST = 13;
const MOST = 19;
const DIGIT = /\p{Nd}/gu;
/** Digits in groups, up to three signs apart, standing alone: a part of a word or of an id is no number. */
const RUN = /(?<![\p{L}\p{Nd}_])\p{Nd}+(?:[ \u00a0\u202f\u2009./_\n\t‐-―-]{1,3}\p{Nd}+)*(?![\p{L}\p{Nd}_])/u;
const IBAN = /(?<![\p{L}\p{Nd}_])[A-Z]{2}\d{2}(?: ?[\dA-Z]{4}){2,7}(?: ?[\dA-Z]{1,3})?(?![\p{L}\p{Nd}_])/u;
const IBANS_AND_RUNS = new RegExp(`${IBAN.source}|${RUN.source}`, "gu");
const CODES = /\b(cvc2?|cvv2?|cvn|csc|security code|código de seguridad)\b[\s:=#is-]{0,6}\p{Nd}{3,4}(?!\p{Nd})/giu;

/** A bank account's number may hold what looks like a card's; its own check digits tell. */
function maskUnlessIban(text: string): string {
  const bare = text.replaceAll(" ", "");
  const inDigits = [...(bare.slice(4) + bare.slice(0, 4))].map((sign) => String(Number.parseInt(sign, 36))).join("");
  if (BigInt(inDigits) % 97n === 1n) return text;
  const head = text.slice(0, 4);
  return head + text.slice(4).replace(new RegExp(RUN.source, "gu"), maskRun);
}

type Group = { text: string; digits: string; before: string };

function maskRun(run: string): string {
  const groups = groupsOf(run);
  if (isParcel(groups)) return run;
  let shown = "";
  for (let at = 0; at < groups.length;) {
    const card = findCard(groups, at);
    shown += groups[at]?.before ?? "";
    shown += card === null ? (groups[at]?.text ?? "") : `•••• ${card.digits.slice(-4)}`;
    at += card?.length ?? 1;
  }
  return shown;
}

function groupsOf(run: string): Group[] {
  let end = 0;
  return [...run.matchAll(/\p{Nd}+/gu)].map(({ 0: text, index }) => {
    const before = run.slice(end, index);
    end = index + text.length;
    return { text, digits: asciiDigits(text), before };
  });
}

/** What the post prints on a parcel: 22 digits in groups of four. */
const isParcel = (groups: readonly Group[]): boolean =>
  groups.length === 6 && /^9[1-5](?:\d\d)(?: \d{4}){4} \d\d$/.test(groups.map((group) => group.digits).join(" "));

/** The longest card's number that begins with this group: how many groups it has, and its digits. */
function findCard(groups: readonly Group[], at: number): { length: number; digits: string } | null {
  let found: { length: number; digits: string } | null = null;
  let digits = "";
  const sizes: number[] = [];
  for (const [length, group] of groups.slice(at, at + MOST).entries()) {
    // One separator throughout.
    if (length > 1 && group.before !== groups[at + 1]?.before) break;
    digits += group.digits;
    sizes.push(group.digits.length);
    if (digits.length > MOST) break;
    if (isCardNumber(digits) && isWrittenLikeOne(sizes)) found = { length: length + 1, digits };
  }
  return found;
}

/** No group so short that it would be a list of small numbers, but for the last; or all alike, as digit by digit. */
const isWrittenLikeOne = (sizes: readonly number[]): boolean =>
  sizes.slice(0, -1).every((size) => size >= 3) || sizes.every((size) => size === sizes[0]);

/** By network: how the number begins, and how long it is. */
const NETWORKS = [
  /^4(?:\d{12}|\d{15}|\d{18})$/, // Visa
  /^5[1-5]\d{14}$/, // Mastercard
  /^2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}$/, // Mastercard
  /^3[47]\d{13}$/, // American Express
  /^(?:6011|64[4-9]\d|65\d\d)\d{12}(?:\d{3})?$/, // Discover
  /^3(?:0[0-5]|[689]\d)\d{11}$/, // Diners Club
  /^35(?:2[89]|[3-8]\d)\d{12}(?:\d{3})?$/, // JCB
  /^62\d{14}(?:\d{3})?$/, // UnionPay
  /^(?:50|5[6-9]|6[37])\d{14}$/, // Maestro
] as const;

const isCardNumber = (digits: string): boolean =>
  digits.length >= LEAST &&
  digits.length <= MOST &&
  NETWORKS.some((network) => network.test(digits)) &&
  passesCheckDigit(digits) &&
  new Set(digits).size > 1;

/** Luhn, of ASCII digits. */
export function passesCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Digits of any script as ASCII: NFKC knows the wide and the ornate ones, the others stand in rows of ten, apart. */
const asciiDigits = (text: string): string => [...text.normalize("NFKC")].map(valueOf).join("");

function valueOf(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  let zero = code;
  while (zero > code - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}
