import { randomUUID } from "node:crypto";

import { isolated } from "#app/contracts/isolated.ts";

/** What of an id is its own, the last group, stands at the end of every key of a form about it. */
const tailOf = (id: string): string => id.slice(-12);

/** The version that RFC 9562 leaves to whoever makes the id: such a key says whose form it is, any other says nothing. */
const OWN_VERSION = /^[0-9a-f]{8}-[0-9a-f]{4}-8/i;

/**
 * The key of a form about a billing account: one per form, and bound to its account. Which account is looked at is the
 * browser's choice, not the tab's: without it a form that was opened for one would be carried out on another.
 */
export function formKeyFor(accountId: string): string {
  const [first = "", second = "", third = "", fourth = ""] = randomUUID().split("-");
  return [first, second, `8${third.slice(1)}`, fourth, tailOf(accountId)].join("-");
}

/** Another attempt of the same form, so about the same account. */
export const nextFormKey = (key: string): string => (OWN_VERSION.test(key) ? formKeyFor(key) : randomUUID());

type Looking = { id: string; name: string; number: string };

/** The sentence for a form that was opened for another account than the one that is chosen now; null when it was not. */
export function otherAccount(key: unknown, { id, name, number }: Looking): string | null {
  if (typeof key !== "string" || !OWN_VERSION.test(key) || tailOf(key) === tailOf(id)) return null;
  return `Another account was chosen meanwhile, so nothing was done. This is now account ${number}, ${isolated(name)}: look at it again, or switch back first.`;
}
