import { useNavigation } from "@remix-run/react";
import { useEffect, useState, useSyncExternalStore } from "react";

/** What comes sooner than this needs no word. */
const SHOWN_AFTER_MS = 300;

/** A thin line above everything while another page is on its way; without a connection it says what it waits for. */
export function UnderWay() {
  const busy = useNavigation().state !== "idle";
  const [long, setLong] = useState(false);
  const offline = useIsOffline();
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => setLong(true), SHOWN_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [busy]);
  if (!busy || !long) return null;
  return (
    <div role="status">
      <div className="ui-under-way" role="progressbar" aria-label="The next page is on its way" />
      {offline ? <p className="ui-waits">You are offline. This goes on when the connection is back.</p> : null}
    </div>
  );
}

const useIsOffline = (): boolean =>
  useSyncExternalStore(
    (onChange) => {
      for (const name of ["online", "offline"]) addEventListener(name, onChange);
      return () => {
        for (const name of ["online", "offline"]) removeEventListener(name, onChange);
      };
    },
    () => !navigator.onLine,
    () => false,
  );
