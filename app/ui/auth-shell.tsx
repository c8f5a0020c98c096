import { type ReactNode } from "react";

import { type Biller, Brand } from "./brand.tsx";
import { Contrast } from "./icons.ts";
import { Popover } from "./popover.tsx";
import { SkipLink } from "./skip-link.tsx";
import { ThemeChoice } from "./theme-choice.tsx";

/** The doorstep: one narrow column, the biller's name, one form. */
export function AuthShell({ biller, footer, children }: { biller: Biller; footer?: ReactNode; children: ReactNode }) {
  return (
    <div className="auth">
      <SkipLink />
      <header className="auth-head">
        <Brand biller={biller} to="/" />
        <Popover id="theme" label="Theme" icon={<Contrast size={20} aria-hidden="true" />}>
          <div className="p-1">
            <ThemeChoice />
          </div>
        </Popover>
      </header>
      <main className="auth-main" id="main" tabIndex={-1}>
        {children}
      </main>
      <footer className="auth-foot">
        {footer ?? (
          <>
            Payments and billing questions for <bdi>{biller.name}</bdi>.
          </>
        )}
      </footer>
    </div>
  );
}
