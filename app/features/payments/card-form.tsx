import { Elements, PaymentElement, useElements, useStripe } from "@stripe/react-stripe-js";
import type { Stripe, StripeElements } from "@stripe/stripe-js";
import { useEffect, useState } from "react";

import { type ChargeMethod } from "#app/contracts/chargeable.ts";
import { type Money } from "#app/contracts/money.ts";
import { Button } from "#app/ui/button.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { SkeletonLines } from "#app/ui/skeleton.tsx";

import { appearanceNow } from "./appearance.ts";
import { loadProcessor, type StripeScript } from "./load-stripe.ts";

export type CardTools = { stripe: Stripe; elements: StripeElements };

export type CardFormProps = {
  script: StripeScript;
  amount: Money;
  /** Handed up as soon as a card can be taken; null while it cannot. */
  onTools: (tools: CardTools | null) => void;
  /** Told whether a card or a bank account is being entered; a wallet is a card. */
  onKind?: ((kind: ChargeMethod) => void) | undefined;
  /** Taken for later, not for a payment now. */
  setup?: boolean;
};

/** The processor's own form: what is typed there never reaches us. The default export, loaded only when it is needed. */
export default function CardForm({ script, amount, onTools, onKind, setup = false }: CardFormProps) {
  const [stripe, setStripe] = useState<Stripe | null | "failed">(null);
  const [tries, setTries] = useState(0);
  const { publishableKey, scriptUrl } = script;
  useEffect(() => {
    let left = false;
    loadProcessor({ publishableKey, scriptUrl }).then(
      (loaded) => left || setStripe(loaded),
      () => left || setStripe("failed"),
    );
    return () => {
      left = true;
    };
  }, [publishableKey, scriptUrl, tries]);
  if (stripe === "failed") {
    return (
      <Notice tone="overdue" live>
        The card form could not be loaded. Check your connection.{" "}
        <Button variant="quiet" onClick={() => (setStripe(null), setTries(tries + 1))}>
          Try again
        </Button>
      </Notice>
    );
  }
  if (stripe === null) return <SkeletonLines lines={4} />;
  // The amount is only for what the form offers; what is charged, the server says.
  const minor = Math.max(50, Number(amount.amountMinor));
  const of = { currency: amount.currency.toLowerCase(), appearance: appearanceNow() };
  return (
    <Elements stripe={stripe} options={setup ? { mode: "setup", ...of } : { mode: "payment", amount: minor, ...of }}>
      <Fields onTools={onTools} onKind={onKind} />
    </Elements>
  );
}

function Fields({ onTools, onKind }: Pick<CardFormProps, "onTools" | "onKind">) {
  const stripe = useStripe();
  const elements = useElements();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    onTools(stripe && elements && ready ? { stripe, elements } : null);
    return () => onTools(null);
  }, [stripe, elements, ready, onTools]);
  return (
    <PaymentElement
      onReady={() => setReady(true)}
      onChange={({ value }) => onKind?.(value.type === "us_bank_account" ? "bank_debit" : "card")}
      options={{ layout: "tabs" }}
    />
  );
}
