import { encodeId } from "#app/contracts/ids.ts";
import { accountPaymentPath } from "#app/features/accounts/paths.ts";
import { Day } from "#app/ui/date.tsx";
import { Money } from "#app/ui/money.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { RowLink, Table } from "#app/ui/table.tsx";
import type { Loss } from "#server/domains/payments/index.ts";

/** Money that left twice, once as a refund and once by the bank: nobody is asked for it unless a person does. */
export function LossList({ losses }: { losses: readonly Loss[] }) {
  if (losses.length === 0) return null;
  return (
    <section aria-labelledby="losses" className="mt-8">
      <SectionHeader id="losses" title="Gone twice" />
      <p className="mb-3 max-w-[68ch] text-ink-2">
        These payments were refunded, and then their bank took them back as well. The books bear it as a loss; whether
        the customer is asked for it is for you to decide. The newest 100.
      </p>
      <Table
        caption="Money that is gone twice"
        rows={losses}
        rowKey={(loss) => loss.paymentId}
        columns={[
          {
            ...{ key: "payment", header: "Payment", phone: "title" },
            cell: ({ accountNumber, paymentId, label }) => (
              <RowLink to={accountPaymentPath(accountNumber, encodeId("payment", paymentId))}>
                {label ?? "Not known yet"}
              </RowLink>
            ),
          },
          {
            ...{ key: "account", header: "Account", phone: "sub" },
            cell: ({ accountName, accountNumber }) => (
              <>
                <bdi>{accountName}</bdi>, {accountNumber}
              </>
            ),
          },
          { key: "when", header: "Taken back", phone: "end", cell: ({ takenOn }) => <Day date={takenOn} /> },
          {
            key: "lost",
            header: "Lost",
            align: "end",
            phone: "amount",
            cell: ({ amount }) => <Money value={amount} />,
          },
        ]}
      />
    </section>
  );
}
