import { Link } from "#app/ui/link.tsx";

export type FilterTab = { value: string; label: string; to: string };

/** Views of one list, told apart by the query of its address. */
export function FilterTabs({ tabs, current, label }: { tabs: readonly FilterTab[]; current: string; label: string }) {
  return (
    <nav className="ui-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.value}
          to={tab.to}
          className="ui-tab"
          preventScrollReset
          aria-current={tab.value === current ? "page" : undefined}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
