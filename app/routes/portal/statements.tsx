import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { mailedTo, STATEMENT_DONE } from "#app/contracts/messages/statements.ts";
import { ownOf } from "#app/contracts/own-of.ts";
import { ByMail } from "#app/features/statements/by-mail.tsx";
import { StatementPage } from "#app/features/statements/statement-page.tsx";
import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formKeyFor, otherAccount } from "#app/http/form-key.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { readStatementPage } from "#app/http/statement.server.ts";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { listReaders, wishMonthly } from "#server/domains/statements/index.ts";

export { revalidateOnConflict as shouldRevalidate } from "#app/ui/use-form-round.ts";

export const meta = () => [{ title: "Statements" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, customer } = await requireAccount(args);
    const [facts, readers] = await Promise.all([
      readStatementPage({ ctx, account, url: args.request.url }),
      listReaders(ctx.db, account),
    ]);
    const done = ownOf(STATEMENT_DONE, new URL(args.request.url).searchParams.get("monthly")) ?? null;
    // Who else reaches the account is for whoever manages it to know.
    const to = mailedTo(readers.to, [customer.email, account.email]);
    const byMail = { monthly: readers.monthly, to, switchedOff: readers.off.length > 0 };
    return { ...facts, byMail, done, formKey: formKeyFor(account.id) };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account } = await requireAccount(args);
    const form = await readForm(args.request);
    const elsewhere = otherAccount(form.get("key"), account);
    if (elsewhere !== null) return data({ message: elsewhere }, { status: 409 });
    const monthly = form.get("monthly") === "on";
    await wishMonthly({ ctx, input: { accountId: account.id, monthly } });
    return redirect(`/statements?monthly=${monthly ? "on" : "off"}`, 303);
  });

export default function StatementsPage() {
  const { byMail, done, formKey, ...facts } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Statements" lead="Everything that moved your balance, for any days you choose." />
      {refused ? (
        <div className="mb-6 max-w-[34rem]">
          <Notice tone="overdue" live>
            {refused.message}
          </Notice>
        </div>
      ) : null}
      {done && !refused ? (
        <div className="mb-6 max-w-[34rem]">
          <Notice tone="settled" live>
            {done}
          </Notice>
        </div>
      ) : null}
      <StatementPage facts={facts} path="/statements" />
      <ByMail {...byMail} formKey={formKey} />
    </>
  );
}
