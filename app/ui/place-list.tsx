import { ChevronRight } from "./icons.ts";
import { Link } from "./link.tsx";

export type Place = { to: string; name: string; what: string };

/** Ways to further pages, a row each with the whole row to touch: its name, and what is found there. */
export function PlaceList({ places, label }: { places: readonly Place[]; label: string }) {
  return (
    <nav aria-label={label}>
      <ul className="ui-places">
        {places.map(({ to, name, what }) => (
          <li key={to}>
            <Link to={to} className="ui-place" prefetch="intent">
              <span className="min-w-0 flex-1">
                <span className="font-medium">{name}</span>
                <span className="block text-14 text-ink-2">{what}</span>
              </span>
              <ChevronRight size={18} aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
