import { createContext, type ReactNode, useContext } from "react";

/**
 * The reader's language, the account's time zone, and the business clock: what it said when the page was made, and how
 * far it runs ahead of real time.
 */
export type Locale = { locale: string; zone: string; now: Date; skewMs: number };

const LocaleContext = createContext<Locale>({ locale: "en-US", zone: "UTC", now: new Date(0), skewMs: 0 });

export function LocaleProvider({ value, children }: { value: Locale; children: ReactNode }) {
  return <LocaleContext.Provider value={value}>{children}</LocaleContext.Provider>;
}

export const useLocale = (): Locale => useContext(LocaleContext);
