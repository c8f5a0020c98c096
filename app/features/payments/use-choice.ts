import { useState } from "react";

import {
  type Choice,
  type ChoiceFacts,
  choiceOf,
  notAsked,
  type Parts,
  readChoice,
  type ReadChoice,
  stillTicked,
} from "#app/contracts/pay-choice.ts";

export type Choosing = {
  mode: Choice["mode"];
  text: string;
  invoiceIds: readonly string[];
  parts: Parts;
  /** What each bill takes can be typed. */
  splitting: boolean;
  read: ReadChoice;
  setMode: (mode: string) => void;
  setText: (text: string) => void;
  choose: (invoiceIds: readonly string[]) => void;
  /** Not bills but this amount. */
  chooseAmount: (text: string) => void;
  setPart: (invoiceId: string, text: string) => void;
  split: (on: boolean) => void;
};

/** What the payer has chosen so far; after a refusal without script, what they had sent. */
export function useChoice(
  { startsWith, sent, splits }: { startsWith: Choice; sent: Record<string, string> | undefined; splits: boolean },
  facts: ChoiceFacts,
): Choosing {
  const [first] = useState(() => (sent?.["mode"] ? choiceOf(sent) : startsWith));
  const [mode, setMode] = useState(first.mode);
  const [ticked, tick] = useState<readonly string[]>(first.mode === "bills" ? first.invoiceIds : []);
  // Ticked although nothing was asked for: in dispute, or on a plan.
  const [wanted, want] = useState(() => notAsked(ticked, facts.bills));
  const invoiceIds = stillTicked({ ticked, wanted }, facts.bills);
  const [text, setText] = useState(first.mode === "amount" ? first.text : "");
  const [parts, setParts] = useState<Parts>(first.parts ?? {});
  const [splitting, split] = useState(splits || Object.keys(first.parts ?? {}).length > 0);
  const choice: Choice = mode === "bills" ? { mode, invoiceIds, parts } : { mode, text, parts };
  return {
    ...{ mode, text, invoiceIds, parts, splitting, setText },
    choose: (ids) => {
      const fresh = ids.filter((id) => !invoiceIds.includes(id));
      want([...wanted.filter((id) => ids.includes(id)), ...notAsked(fresh, facts.bills)]);
      tick(ids);
    },
    chooseAmount: (next) => {
      setMode("amount");
      setParts({});
      setText(next);
    },
    read: readChoice(choice, facts),
    setMode: (next) => {
      setMode(next === "amount" ? "amount" : "bills");
      setParts({});
    },
    setPart: (invoiceId, typed) => setParts({ ...parts, [invoiceId]: typed }),
    split: (on) => {
      split(on);
      setParts({});
    },
  };
}
