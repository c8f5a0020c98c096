import { Elements, PaymentElement, useElements, useStripe } from "@stripe/react-stripe-js";
import type { Stripe, StripeElements } from "@stripe/stripe-js";
import { useEffect, useState } from "react";

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
};

/** The processor's own form: what is typed there never reaches us. The default export, loaded only when it is needed. */
export default function CardForm({ script, amount, onTools }: CardFormProps) {
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
  const currency = amount.currency.toLowerCase();
  return (
    <Elements stripe={stripe} options={{ mode: "payment", amount: minor, currency, appearance: appearanceNow() }}>
      <Fields onTools={onTools} />
    </Elements>
  );
}

function Fields({ onTools }: Pick<CardFormProps, "onTools">) {
  const stripe = useStripe();
  const elements = useElements();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    onTools(stripe && elements && ready ? { stripe, elements } : null);
    return () => onTools(null);
  }, [stripe, elements, ready, onTools]);
  return <PaymentElement onReady={() => setReady(true)} options={{ layout: "tabs" }} />;
}
