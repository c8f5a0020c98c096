import { type AppLoadContext } from "@remix-run/node";

import { type Biller } from "../ui/brand.tsx";
import { type Locale } from "../ui/locale.tsx";

export type ShellFacts = { biller: Biller; locale: Locale };

/** What every shell shows around its page: the biller, and the language, zone and clock that dates are told in. */
export function readShell(_context: AppLoadContext): ShellFacts {
  return { biller: { name: "Remit", logoUrl: null }, locale: { locale: "en-US", zone: "UTC", now: new Date() } };
}
