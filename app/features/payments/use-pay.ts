import { useSubmit } from "@remix-run/react";
import { type FormEvent, useCallback, useEffect, useRef, useState } from "react";

import { safePath } from "#app/contracts/safe-path.ts";

import { type CardTools } from "./card-form.tsx";

const NOT_READY = "The card form is still loading. Wait a moment and press again.";

export type Paying = {
  /** The processor's sentence about what was typed, or ours; null while there is nothing to say. */
  problem: string | null;
  /** Working in the browser: before the form is sent, or in the bank's own window. */
  busy: boolean;
  setTools: (tools: CardTools | null) => void;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
};

/**
 * Sends the form. A new card is first turned into a confirmation token by the processor's own form; then the server
 * charges it. When the bank wants to see the payer, its step is shown and the payment's page tells how it went.
 */
export function usePay({
  isNew,
  next,
}: {
  isNew: boolean;
  /** What the server answered: a step at the bank. */
  next: { clientSecret: string; path: string } | null;
}): Paying {
  const submit = useSubmit();
  const tools = useRef<CardTools | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const setTools = useCallback((ready: CardTools | null) => {
    tools.current = ready;
  }, []);
  const pay = async (form: HTMLFormElement, button: HTMLElement | null) => {
    const made = await makeToken(tools.current);
    if ("problem" in made) {
      setProblem(made.problem);
      return;
    }
    const data = new FormData(form, button);
    data.set("token", made.token);
    submit(data, { method: "post" });
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    setProblem(null);
    if (busy) event.preventDefault();
    if (busy || !isNew) return;
    event.preventDefault();
    setBusy(true);
    const { submitter } = event.nativeEvent as SubmitEvent;
    void pay(event.currentTarget, submitter).finally(() => setBusy(false));
  };
  useBankStep(next, tools, setProblem);
  return { problem, busy, setTools, onSubmit };
}

async function makeToken(tools: CardTools | null): Promise<{ token: string } | { problem: string }> {
  if (tools === null) return { problem: NOT_READY };
  const { stripe, elements } = tools;
  const checked = await elements.submit();
  if (checked.error) return { problem: checked.error.message ?? NOT_READY };
  const made = await stripe.createConfirmationToken({ elements });
  if (made.error) return { problem: made.error.message ?? NOT_READY };
  return { token: made.confirmationToken.id };
}

type Next = { clientSecret: string; path: string } | null;

/** The bank's step runs once per answer of the server; however it ends, the payment's page asks how it stands. */
function useBankStep(
  next: Next,
  tools: { current: CardTools | null },
  setProblem: (problem: string | null) => void,
): void {
  useEffect(() => {
    if (next === null) return;
    const { clientSecret, path } = next;
    const { current } = tools;
    if (current === null) {
      window.location.assign(safePath(path));
      return;
    }
    current.stripe.handleNextAction({ clientSecret }).then(
      () => window.location.assign(safePath(path)),
      () => setProblem("Your bank's page could not be shown. Press Pay to try again."),
    );
  }, [next, tools, setProblem]);
}
