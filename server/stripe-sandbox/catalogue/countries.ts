import { passesLuhn } from "./luhn.ts";

/** Stripe's test cards of a country carry its number of ISO 3166-1 after 400000. Source: docs.stripe.com/testing#international-cards. */
const numbers =
  "AE784 AR032 AT040 AU036 BE056 BG100 BR076 BY112 CA124 CH756 CL152 CN156 CO170 CR188 CY196 CZ203 DE276 DK208 EC218 EE233 " +
  "ES724 FI246 FR250 GB826 GI292 GR300 HK344 HR191 HU348 IE372 IN356 IT380 JP392 LI438 LT440 LU442 LV428 MT470 MX484 MY458 " +
  "NL528 NO578 NZ554 PA591 PE604 PL616 PT620 PY600 RO642 SA682 SE752 SG702 SI705 SK703 TH764 TW158 UY858";

const byNumber = new Map(numbers.split(" ").map((one) => [one.slice(2), one.slice(0, 2)]));

/** Where a card was issued. */
export function countryOf(number: string): string {
  const own = number.startsWith("400000") ? byNumber.get(number.slice(6, 9)) : undefined;
  return own ?? "US";
}

/** A card of a country, for tokens such as `pm_card_br`. */
export function numberOfCountry(country: string): string | undefined {
  const own = [...byNumber].find(([, name]) => name === country)?.[0];
  if (own === undefined) return undefined;
  return Array.from("0123456789", (digit) => `400000${own}000000${digit}`).find(passesLuhn);
}
