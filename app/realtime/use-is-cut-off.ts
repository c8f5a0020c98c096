import { useSyncExternalStore } from "react";

import { useRealtime } from "./realtime-provider.tsx";

const nothing = (): (() => void) => () => undefined;

/** Whether the line to the server is lost just now. What is being sent waits for it. */
export function useIsCutOff(): boolean {
  const client = useRealtime();
  const status = useSyncExternalStore(
    client?.subscribe ?? nothing,
    () => client?.getStatus() ?? "off",
    () => "off" as const,
  );
  return status === "connecting";
}
