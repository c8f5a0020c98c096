import { type ShouldRevalidateFunction, useNavigation } from "@remix-run/react";
import { useState } from "react";

/** What an action answers; a refusal of single fields has no `message`. */
type Reply = { ok: boolean; message?: string | null } | undefined;

/**
 * A number that rises with each answer of the page's action, once what it changed has been read. As a form's `key` it
 * begins the form anew then, and never while somebody types: a live change of the page leaves typed text alone, and so
 * does a refusal of single fields, which are corrected where they stand.
 */
export function useFormRound(reply: Reply): number {
  return useFormRounds(reply, "all")("all");
}

/**
 * The same where a page holds several forms, by the name of the one that was answered: what is typed into the others
 * stays.
 */
export function useFormRounds(reply: Reply, answered: string | undefined): (form: string) => number {
  const { state } = useNavigation();
  const [rounds, setRounds] = useState<{ reply: Reply; counts: Record<string, number> }>({ reply, counts: {} });
  if (state === "idle" && rounds.reply !== reply) {
    const { counts } = rounds;
    const anew = answered !== undefined && (reply?.ok !== false || typeof reply.message === "string");
    setRounds({ reply, counts: anew ? { ...counts, [answered]: (counts[answered] ?? 0) + 1 } : counts });
  }
  return (form) => rounds.counts[form] ?? 0;
}

/**
 * For a route whose forms carry a version or a key: after a conflict what stands is read again, although the action failed.
 * Exported by the route as `shouldRevalidate`. With single fetch Remix hands whoever exports one `true` as the default, so
 * what stands is read after any other refusal too.
 */
export const revalidateOnConflict: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;
