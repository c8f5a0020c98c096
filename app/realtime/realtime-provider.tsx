import { createContext, type ReactNode, useContext, useState } from "react";

import { createRealtimeClient, type RealtimeClient } from "./realtime-client.ts";
import { useCodeAtHand } from "./use-code-at-hand.ts";

const RealtimeContext = createContext<RealtimeClient | null>(null);

/** One line per page, opened with the first that needs it. Stands around everything that moves by itself. */
export function RealtimeProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createRealtimeClient);
  useCodeAtHand();
  return <RealtimeContext.Provider value={client}>{children}</RealtimeContext.Provider>;
}

/** Null outside of a provider: then nothing moves by itself. */
export const useRealtime = (): RealtimeClient | null => useContext(RealtimeContext);
