import { Outlet } from "@remix-run/react";

import { LocaleProvider } from "#app/ui/locale.tsx";

/** The pages under /dev/ui show every primitive in its states, for eyes, screenshots and axe. Not in a built server. */
export default function GalleryLayout() {
  return (
    <LocaleProvider
      value={{ locale: "en-US", zone: "America/New_York", now: new Date("2026-11-23T15:00:00Z"), skewMs: 0 }}
    >
      <Outlet />
    </LocaleProvider>
  );
}
