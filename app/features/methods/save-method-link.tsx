import { useLocation } from "@remix-run/react";

import { ButtonLink } from "#app/ui/button.tsx";

/** To the form that saves a card or bank account, and from there back to this page. */
export function SaveMethodLink({ children }: { children: string }) {
  const { pathname, search } = useLocation();
  return (
    <ButtonLink to={`/settings/methods/new?to=${encodeURIComponent(`${pathname}${search}`)}`}>{children}</ButtonLink>
  );
}
