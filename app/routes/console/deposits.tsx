import { randomUUID } from "node:crypto";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { errorsOf, type FormReply } from "#app/contracts/form-reply.ts";
import { depositForm } from "#app/contracts/forms/refund.ts";
import { encodeId } from "#app/contracts/ids.ts";
import { depositRefusalText } from "#app/contracts/messages/by-hand.ts";
import { DepositForm } from "#app/features/accounts/deposit-form.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { Answer } from "#app/ui/answer.tsx";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { Day } from "#app/ui/date.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Landmark } from "#app/ui/icons.ts";
import { Money } from "#app/ui/money.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { Table } from "#app/ui/table.tsx";
import { useFormRound } from "#app/ui/use-form-round.ts";
import { useReply } from "#app/ui/use-reply.ts";
import { getBusiness, todayIn } from "#server/domains/business/index.ts";
import { listDeposits, listUndeposited, type MadeDeposit, recordDeposit } from "#server/domains/payments/index.ts";

export const meta: MetaFunction = () => [{ title: "Deposits" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const [waiting, made, { zone }] = await Promise.all([
      listUndeposited(ctx.db),
      listDeposits(ctx.db),
      getBusiness(ctx.db),
    ]);
    const done = new URL(args.request.url).searchParams.has("done");
    return { waiting, made, done, today: todayIn(zone, ctx.now), formKey: randomUUID() };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, staff } = await requireStaff(args);
    const body = await readForm(args.request.clone());
    const form = await parseForm(args.request, depositForm);
    // All that was ticked, as one text: what comes back is as it was sent.
    const values = { ...(form.ok ? form : form.reply).values, ticked: body.getAll("payment[]").join(" ") };
    if (values.ticked === "") {
      return formReply(values, { message: depositRefusalText({ reason: "nothing_to_deposit" }) });
    }
    if (!form.ok) return data({ ...form.reply, values }, { status: 422 });
    const { key, "payment[]": paymentIds, depositedOn, reference } = form.value;
    const idempotencyKey = `deposit:${staff.loginId}:${key}`;
    const done = await recordDeposit({ ctx, input: { paymentIds, depositedOn, reference, idempotencyKey } });
    if (done.ok) return redirect("/console/deposits?done=deposit", 303);
    const message = depositRefusalText(done);
    return formReply(values, done.reason === "in_the_future" ? { errors: { depositedOn: message } } : { message });
  });

/** What lies in the drawer, and the slips that brought such money to the bank. */
export default function DepositsPage() {
  const { waiting, made, done, today, formKey } = useLoaderData<typeof loader>();
  const reply = useReply<FormReply>();
  const round = useFormRound(reply);
  return (
    <ConsolePage>
      <PageHeader
        title="Deposits"
        lead="Checks and cash that were recorded and not yet brought to the bank. Tick what is on the slip."
      />
      {done && !reply ? (
        <div className="mb-5">
          <Answer of={made[0]?.id}>Deposited. The slip stands on top of the last deposits.</Answer>
        </div>
      ) : null}
      {waiting.length > 0 ? (
        <DepositForm
          key={`${String(round)} ${String(made[0]?.id)}`}
          {...{ waiting, today, formKey }}
          sent={reply?.values ?? null}
          errors={errorsOf(reply)}
        />
      ) : (
        <EmptyState icon={Landmark} title="Nothing waits to be deposited">
          Record a check or cash on an account’s payments; it stands here until it is in the bank.
        </EmptyState>
      )}
      {made.length > 0 ? (
        <section aria-labelledby="made" className="mt-10">
          <SectionHeader id="made" title="Last deposits" />
          <MadeRows made={made} />
        </section>
      ) : null}
    </ConsolePage>
  );
}

function MadeRows({ made }: { made: readonly MadeDeposit[] }) {
  return (
    <Table
      caption="Last deposits"
      rows={made}
      rowKey={(one) => one.id}
      columns={[
        {
          ...{ key: "slip", header: "Slip", phone: "title" },
          cell: ({ reference, payments }) => (
            <span className="font-medium">
              {reference ?? "Without a number"}, {payments} {payments === 1 ? "payment" : "payments"}
            </span>
          ),
        },
        { key: "when", header: "Deposited", phone: "sub", cell: ({ depositedOn }) => <Day date={depositedOn} /> },
        { key: "by", header: "By", phone: "end", cell: ({ by }) => by ?? "–" },
        {
          ...{ key: "id", header: "Money action", phone: "hidden" },
          cell: ({ actionId }) => <span className="tabular text-ink-3">{encodeId("action", actionId)}</span>,
        },
        {
          ...{ key: "amount", header: "Amount", align: "end", phone: "amount" },
          cell: ({ amount }) => <Money value={amount} />,
        },
      ]}
    />
  );
}
