import { type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { accountPartPath, recordPaymentPath } from "#app/features/accounts/paths.ts";
import { PaymentRows } from "#app/features/accounts/payment-rows.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { CreditCard } from "#app/ui/icons.ts";
import { Pagination } from "#app/ui/pagination.tsx";
import { getAccountByNumber } from "#server/domains/accounts/index.ts";
import { listPayments } from "#server/domains/payments/index.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const { id, number } = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
    const cursor = new URL(args.request.url).searchParams.get("after");
    const page = await listPayments(ctx.db, { accountId: id, cursor });
    return { number, payments: page.items, nextCursor: page.nextCursor, paged: cursor !== null };
  });

export default function AccountPayments() {
  const { number, payments, nextCursor, paged } = useLoaderData<typeof loader>();
  const path = accountPartPath(number, "payments");
  return (
    <>
      <div className="mb-4">
        <ButtonLink to={recordPaymentPath(number)}>Record a payment</ButtonLink>
      </div>
      {payments.length > 0 ? (
        <PaymentRows payments={payments} number={number} />
      ) : (
        <EmptyState icon={CreditCard} title="No payments yet">
          Every attempt stands here, also one that failed, with the processor’s word for it.
        </EmptyState>
      )}
      <Pagination
        label="Pages of payments"
        newer={paged ? path : null}
        older={nextCursor === null ? null : `${path}?${new URLSearchParams({ after: nextCursor }).toString()}`}
      />
    </>
  );
}
