/**
 * One codec between the uuid (v7) kept in tables and the prefixed text that people, URLs and APIs see:
 * `inv_` + 26 characters of Crockford base 32.
 */
export const ID_PREFIXES = {
  login: "usr",
  account: "acc",
  contact: "con",
  invoice: "inv",
  line: "lin",
  payment: "pay",
  draft: "drf",
  plan: "pln",
  credit: "crd",
  refund: "rfd",
  action: "act",
  journal: "jrn",
  dispute: "dsp",
  conversation: "cnv",
  message: "msg",
  file: "fil",
  method: "pmt",
  import: "imp",
  event: "evn",
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `inv_01j…` of a uuid. Throws when the text is not a lower-case uuid. */
export function encodeId(kind: IdKind, uuid: string): string {
  if (!UUID.test(uuid)) throw new Error(`not a uuid: ${uuid.slice(0, 40)}`);
  let rest = BigInt(`0x${uuid.replaceAll("-", "")}`);
  let text = "";
  for (let i = 0; i < 26; i++) {
    text = (ALPHABET[Number(rest & 31n)] ?? "") + text;
    rest >>= 5n;
  }
  return `${ID_PREFIXES[kind]}_${text}`;
}

/** The uuid of a prefixed id, or null when the text is of another kind or malformed. */
export function decodeId(kind: IdKind, id: string): string | null {
  const prefix = `${ID_PREFIXES[kind]}_`;
  if (!id.startsWith(prefix) || id.length !== prefix.length + 26) return null;
  let value = 0n;
  for (const character of id.slice(prefix.length)) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return null;
    value = (value << 5n) | BigInt(digit);
  }
  if (value >> 128n !== 0n) return null;
  const hex = value.toString(16).padStart(32, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
