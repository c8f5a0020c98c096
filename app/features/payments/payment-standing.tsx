import { type ReactNode } from "react";

import { paymentFailureText } from "#app/contracts/messages/payments.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Day } from "#app/ui/date.tsx";
import { Status, type Tone } from "#app/ui/status.tsx";
import type { PaymentDetail } from "#server/domains/payments/index.ts";

type Words = { tone: Tone; pill: string; text: ReactNode; again?: true };

/** What became of a payment, in one sentence, and the one thing to do. */
export function PaymentStanding({ payment }: { payment: PaymentDetail }) {
  const words = wordsOf(payment);
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
      {words.again ? (
        <div>
          <ButtonLink to="/pay" variant="primary">
            Try again
          </ButtonLink>
        </div>
      ) : null}
    </div>
  );
}

function wordsOf(payment: PaymentDetail): Words {
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
        text: "Your bank has it. A bank debit takes up to 4 business days; we mail you when it has arrived, and your bills are not asked for meanwhile.",
      };
    case "requested":
      return {
        ...{ tone: "waiting", pill: "Being checked" },
        text: "We are waiting for the payment processor's answer. You can close this page: nothing is charged twice, and it goes on by itself.",
      };
    case "requires_action":
      return {
        ...{ tone: "waiting", pill: "Not finished" },
        text: "Your bank wanted to confirm that it is you, and that did not happen. Nothing was charged.",
        again: true,
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
        text: "Your bank sent this payment back, so its bills are owed again. Check with your bank, or pay another way.",
        again: true,
      }
    : {
        ...{ tone: "dispute", pill: "Under bank review" },
        text: "This payment was disputed with the bank. Until the bank decides, its bills are not asked for.",
      };
}
