import { useEffect } from "react";

/** Tells once that the bill of this page stands before somebody's eyes. Whether it arrives changes nothing here. */
export function useOpened(path: string, { known }: { known: boolean }): void {
  useEffect(() => {
    if (known) return;
    fetch(`${path}/opened`, { method: "POST", keepalive: true }).catch(() => undefined);
  }, [path, known]);
}
