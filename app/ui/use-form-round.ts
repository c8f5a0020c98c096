import { type ShouldRevalidateFunction, useNavigation } from "@remix-run/react";
import { useState } from "react";

/**
 * A number that rises with each answer of the page's action, once what it changed has been read. As a form's `key` it
 * begins the form anew then, and never while somebody types: a live change of the page leaves typed text alone.
 */
export function useFormRound(reply: unknown): number {
  const { state } = useNavigation();
  const [round, setRound] = useState({ reply, count: 0 });
  if (state === "idle" && round.reply !== reply) setRound({ reply, count: round.count + 1 });
  return round.count;
}

/**
 * For a route whose forms carry a version: after a conflict what stands is read again, although the action failed.
 * Exported by the route as `shouldRevalidate`.
 */
export const revalidateOnConflict: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;
