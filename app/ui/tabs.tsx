import * as Radix from "@radix-ui/react-tabs";
import { useLocation } from "@remix-run/react";
import { type ReactNode, useEffect, useRef } from "react";

import { NavLink } from "./link.tsx";

export type Tab = { value: string; label: ReactNode; count?: number; content: ReactNode };

/** Parts of one place, all loaded, one shown. */
export function Tabs({ tabs, label, defaultValue }: { tabs: readonly Tab[]; label: string; defaultValue?: string }) {
  return (
    <Radix.Root defaultValue={defaultValue ?? tabs[0]?.value ?? ""}>
      <Radix.List className="ui-tabs" aria-label={label}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} className="ui-tab">
            {tab.label}
            {tab.count === undefined ? null : <span className="ui-count">{tab.count}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="pt-4">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

export type LinkTab = { to: string; label: ReactNode; count?: number; end?: boolean };

/** Parts of one place with an address each. Works without script; preferred where a part loads its own data. */
export function LinkTabs({ tabs, label }: { tabs: readonly LinkTab[]; label: string }) {
  const row = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    // On a phone the row may be wider than the screen: the part that is shown is seen in it.
    const [tab, nav] = [row.current?.querySelector<HTMLElement>("[aria-current]"), row.current];
    if (tab && nav) nav.scrollLeft = tab.offsetLeft - (nav.clientWidth - tab.offsetWidth) / 2;
  }, [pathname]);
  return (
    <nav ref={row} className="ui-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <NavLink key={tab.to} to={tab.to} end={tab.end ?? false} className="ui-tab" preventScrollReset>
          {tab.label}
          {tab.count === undefined ? null : <span className="ui-count">{tab.count}</span>}
        </NavLink>
      ))}
    </nav>
  );
}
