import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { isZero } from "#app/contracts/money.ts";
import { PromiseForm } from "#app/features/plans/promise-form.tsx";
import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formKeyFor, otherAccount } from "#app/http/form-key.server.ts";
import { promiseDay, readPromise } from "#app/http/promise.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Day } from "#app/ui/date.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { CalendarDays } from "#app/ui/icons.ts";
import { Money } from "#app/ui/money.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { getAccountMoney } from "#server/domains/invoices/index.ts";

export { revalidateOnConflict as shouldRevalidate } from "#app/ui/use-form-round.ts";

export const meta: MetaFunction = () => [{ title: "Promise to pay" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, right } = await requireAccount(args);
    const promise = await readPromise(ctx, account);
    const { toPayNow } = await getAccountMoney(ctx.db, account.id, promise.first);
    return { promise, toPayNow, mayPay: right !== "view", formKey: formKeyFor(account.id) };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, customer } = await requireAccount(args);
    const form = await readForm(args.request);
    const [day, key] = [String(form.get("day") ?? ""), String(form.get("key") ?? "")];
    const problem = otherAccount(key, account) ?? (await promiseDay(ctx, { account, day, key, by: customer }));
    return problem === null ? redirect("/promise", 303) : data({ problem }, { status: 409 });
  });

export default function PromisePage() {
  const { promise, toPayNow, mayPay, formKey } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  if (isZero(toPayNow) || !mayPay)
    return (
      <>
        <PageHeader title="Promise to pay" />
        <EmptyState
          icon={CalendarDays}
          title={mayPay ? "Nothing is asked for now" : "You can see this account"}
          action={<ButtonLink to="/account">Back to your account</ButtonLink>}
        >
          {mayPay ? "There is nothing to promise." : "Ask whoever manages the account for the right to pay."}
        </EmptyState>
      </>
    );
  return (
    <>
      <PageHeader
        title="Promise to pay"
        lead={
          <>
            Tell us by when you pay <Money value={toPayNow} />. Nothing is taken by itself; you pay when you are ready.
          </>
        }
      />
      <div className="grid gap-6">
        {promise.promisedOn ? (
          <Notice tone="settled">
            You promised to pay by <Day date={promise.promisedOn} style="long" />. Another day takes its place.
          </Notice>
        ) : null}
        <PromiseForm {...{ ...promise, formKey }} error={reply?.problem} />
      </div>
    </>
  );
}
