import { useFetcher, useLocation } from "@remix-run/react";

import { Monitor, Moon, Sun } from "./icons.ts";
import { type Theme, useTheme } from "./theme.ts";

const CHOICES: readonly { value: Theme; label: string; Icon: typeof Sun }[] = [
  { value: "system", label: "System", Icon: Monitor },
  { value: "light", label: "Light", Icon: Sun },
  { value: "dark", label: "Dark", Icon: Moon },
];

/** Light, dark, or as the system says. Three plain buttons of a form: works without script. */
export function ThemeChoice() {
  const fetcher = useFetcher({ key: "theme" });
  const { pathname, search } = useLocation();
  const chosen = useTheme();
  return (
    <fetcher.Form method="post" action="/theme">
      <input type="hidden" name="next" value={pathname + search} />
      <div className="ui-segments" data-wide="" role="group" aria-label="Theme">
        {CHOICES.map(({ value, label, Icon }) => (
          <button key={value} name="theme" value={value} className="ui-segment" aria-pressed={value === chosen}>
            <Icon size={16} aria-hidden="true" />
            {label}
          </button>
        ))}
      </div>
    </fetcher.Form>
  );
}
