import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";

import { STATEMENT_DONE } from "#app/contracts/messages/statements.ts";
import { ownOf } from "#app/contracts/own-of.ts";
import { StatementPage } from "#app/features/statements/statement-page.tsx";
import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { readStatementPage } from "#app/http/statement.server.ts";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { wantsMonthly, wishMonthly } from "#server/domains/statements/index.ts";

export const meta = () => [{ title: "Statements" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account } = await requireAccount(args);
    const [facts, monthly] = await Promise.all([
      readStatementPage({ ctx, account, url: args.request.url }),
      wantsMonthly(ctx.db, account.id),
    ]);
    const done = ownOf(STATEMENT_DONE, new URL(args.request.url).searchParams.get("monthly")) ?? null;
    return { ...facts, monthly, done };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account } = await requireAccount(args);
    const monthly = (await readForm(args.request)).get("monthly") === "on";
    await wishMonthly({ ctx, input: { accountId: account.id, monthly } });
    return redirect(`/statements?monthly=${monthly ? "on" : "off"}`, 303);
  });

export default function StatementsPage() {
  const { monthly, done, ...facts } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Statements" lead="Everything that moved your balance, for any days you choose." />
      {done ? (
        <div className="mb-6 max-w-[34rem]">
          <Notice tone="settled" live>
            {done}
          </Notice>
        </div>
      ) : null}
      <StatementPage facts={facts} path="/statements" />
      <section aria-labelledby="by-mail" className="mt-10">
        <SectionHeader id="by-mail" title="By mail" />
        <Form method="post" className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="text-ink-2">
            {monthly ? "A statement is mailed to you when each month is over." : "Statements are not mailed to you."}
          </p>
          <SubmitButton variant="secondary" name="monthly" value={monthly ? "off" : "on"}>
            {monthly ? "Stop mailing them" : "Mail me one each month"}
          </SubmitButton>
        </Form>
      </section>
    </>
  );
}
