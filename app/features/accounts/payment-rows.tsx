import { encodeId } from "#app/contracts/ids.ts";
import { staffPaymentWord } from "#app/contracts/messages/payment-states.ts";
import { shortReasonText } from "#app/contracts/messages/short-reasons.ts";
import { addMoney, isZero, type Money as MoneyValue } from "#app/contracts/money.ts";
import { WhenMade } from "#app/features/payments/when-made.tsx";
import { Day } from "#app/ui/date.tsx";
import { Money } from "#app/ui/money.tsx";
import { Status } from "#app/ui/status.tsx";
import { RowLink, Table } from "#app/ui/table.tsx";
import type { Payment } from "#server/domains/payments/index.ts";

import { accountPaymentPath } from "./paths.ts";

/** Every attempt to pay, the newest first; a failed one with the processor's own word, which customers do not see. */
export function PaymentRows({ payments, number }: { payments: readonly Payment[]; number: string }) {
  return (
    <Table
      caption="Payments"
      rows={payments}
      rowKey={(payment) => payment.id}
      columns={[
        {
          ...{ key: "how", header: "Paid with", phone: "title" },
          cell: (payment) => (
            <>
              <RowLink to={accountPaymentPath(number, encodeId("payment", payment.id))}>
                {payment.methodLabel ?? "Not known yet"}
              </RowLink>
              <WhyShort payment={payment} />
            </>
          ),
        },
        { key: "when", header: "Made", phone: "sub", cell: (payment) => <WhenMade payment={payment} /> },
        { key: "state", header: "State", phone: "end", cell: (payment) => <State payment={payment} /> },
        {
          ...{ key: "settled", header: "Settled", phone: "hidden" },
          cell: ({ settledOn }) => (settledOn ? <Day date={settledOn} /> : <span className="text-ink-3">–</span>),
        },
        {
          ...{ key: "back", header: "Went back", align: "end", phone: "hidden" },
          cell: ({ takenBack, refunded }) => <Back value={addMoney(takenBack, refunded)} />,
        },
        {
          ...{ key: "amount", header: "Amount", align: "end", phone: "amount" },
          cell: ({ amount }) => <Money value={amount} />,
        },
      ]}
    />
  );
}

/** Why a bill was paid in part, as the customer said. */
export function WhyShort({ payment: { shortReason, shortNote } }: { payment: Payment }) {
  if (shortReason === null) return null;
  return (
    <span className="block text-ink-2">
      Paid in part: {shortReasonText(shortReason)}
      {shortNote === null ? null : (
        <>
          {" "}
          · “<bdi>{shortNote}</bdi>”
        </>
      )}
    </span>
  );
}

const Back = ({ value }: { value: MoneyValue }) =>
  isZero(value) ? <span className="text-ink-3">–</span> : <Money value={value} />;

function State({ payment }: { payment: Payment }) {
  const { tone, word } = staffPaymentWord(payment);
  const why = payment.declineCode ?? payment.failureCode;
  return (
    <>
      <Status tone={tone}>{word}</Status>
      {payment.state === "failed" && why ? <span className="text-ink-3"> · {why.replaceAll("_", " ")}</span> : null}
    </>
  );
}
