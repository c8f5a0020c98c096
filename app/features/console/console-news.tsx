import { useLocation } from "@remix-run/react";
import { useCallback } from "react";

import { isolated } from "#app/contracts/isolated.ts";
import { type ServerEvents } from "#app/contracts/realtime/events.ts";
import { useLiveParked, useTakenOver } from "#app/realtime/index.ts";
import { useNavigate } from "#app/ui/link.tsx";
import { useToast } from "#app/ui/toast.tsx";

/**
 * What is told on every page of the console: that a colleague has taken over a conversation (on its own page the thread
 * says so), and how many events are parked. Shows nothing itself.
 */
export function ConsoleNews({ mayWorkOff }: { mayWorkOff: boolean }) {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const toast = useToast();
  const hear = useCallback<ServerEvents["conversation.taken_over"]>(
    ({ number, person, by }) => {
      const path = `/console/c/${number}`;
      if (pathname === path) return;
      toast({
        text: `${isolated(by)} took over your conversation with ${isolated(person ?? "a customer")}.`,
        action: { label: "Open it", onPress: () => navigate(path) },
      });
    },
    [pathname, navigate, toast],
  );
  useTakenOver(hear);
  useLiveParked(mayWorkOff);
  return null;
}
