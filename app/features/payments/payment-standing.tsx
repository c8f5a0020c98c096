import { Form } from "@remix-run/react";
import { type ReactNode } from "react";

import { paymentFailureText } from "#app/contracts/messages/payments.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Day } from "#app/ui/date.tsx";
import { Status, type Tone } from "#app/ui/status.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { PaymentDetail } from "#server/domains/payments/index.ts";

import { VerifyLink } from "./verify-link.tsx";

type Facts = { waitsForDeposits: boolean; guest: boolean };
type Words = { tone: Tone; pill: string; text: ReactNode; again?: true; restart?: true };

export type PaymentStandingProps = {
  payment: PaymentDetail;
  mayPay: boolean;
  /** The processor's page for the small deposits, while they are waited for. */
  verifyUrl: string | null;
  /** Where to pay again. */
  againTo?: string;
  /** Somebody without an account: the mail goes to the address on file, not to them. */
  guest?: boolean;
};

/** What became of a payment, in one sentence, and the one thing to do. */
export function PaymentStanding(props: PaymentStandingProps) {
  const { payment, mayPay, verifyUrl, againTo = "/pay", guest = false } = props;
  const words = wordsOf(payment, { waitsForDeposits: verifyUrl !== null, guest });
  return (
    <div className="grid gap-3">
      <div>
        <Status tone={words.tone} pill>
          {words.pill}
        </Status>
      </div>
      <p className="max-w-[34rem] text-ink-2" role="status">
        {words.text}
      </p>
      {mayPay && words.restart ? (
        <Form method="post" className="flex flex-wrap gap-3">
          {verifyUrl === null ? null : <VerifyLink url={verifyUrl} />}
          <SubmitButton variant={verifyUrl === null ? "primary" : "secondary"}>Start again</SubmitButton>
        </Form>
      ) : null}
      {mayPay && words.again ? (
        <div>
          <ButtonLink to={againTo} variant="primary">
            Try again
          </ButtonLink>
        </div>
      ) : null}
    </div>
  );
}

function wordsOf(payment: PaymentDetail, { waitsForDeposits, guest }: Facts): Words {
  const then = guest
    ? "The receipt goes to the address on file when it has arrived, and the bill is not asked for meanwhile."
    : "We mail you when it has arrived, and your bills are not asked for meanwhile.";
  const taken = payment.chargebacks.at(-1);
  if (payment.state === "settled" && taken && taken.state !== "won") return takenWords(taken);
  switch (payment.state) {
    case "settled":
      return {
        ...{ tone: "settled", pill: "Paid" },
        text: payment.settledOn ? <>Received on {<Day date={payment.settledOn} />}. Thank you.</> : "Thank you.",
      };
    case "processing":
      return {
        ...{ tone: "waiting", pill: "On its way" },
        text: payment.expectedOn ? (
          <>
            Your bank confirms it by <Day date={payment.expectedOn} />. Nothing more to do. {then}
          </>
        ) : (
          `Your bank has it. Nothing more to do. ${then}`
        ),
      };
    case "requested":
      return {
        ...{ tone: "waiting", pill: "Being checked" },
        text: "We are waiting for the payment processor's answer. You can close this page: nothing is charged twice, and it goes on by itself.",
      };
    case "requires_action":
      return {
        ...{ tone: "waiting", pill: "Not finished", restart: true },
        text: waitsForDeposits
          ? "We send a small deposit to your bank account within 1 to 2 business days. When it is there, confirm it here and the payment goes on. Nothing was charged yet."
          : "Your bank wanted to confirm that it is you, and that did not happen. Nothing was charged.",
      };
    case "failed":
      return { ...{ tone: "overdue", pill: "Not paid" }, text: paymentFailureText(payment.failureCode), again: true };
    case "canceled":
      return {
        ...{ tone: "done", pill: "Canceled" },
        text: "This payment was canceled. Nothing was charged.",
        again: true,
      };
  }
}

function takenWords({ kind }: PaymentDetail["chargebacks"][number]): Words {
  return kind === "return"
    ? {
        ...{ tone: "overdue", pill: "Returned" },
        text: "Your bank sent this payment back, so what it paid is owed again. Check with your bank, or pay another way.",
        again: true,
      }
    : {
        ...{ tone: "dispute", pill: "Under bank review" },
        text: "This payment was disputed with the bank. Until the bank decides, its bills are not asked for.",
      };
}
