import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { DISPUTE_REASON_WORDS } from "#app/contracts/messages/disputes.ts";
import { isZero } from "#app/contracts/money.ts";
import { CaseTimeline } from "#app/features/disputes/case-timeline.tsx";
import { disputeKeptAs } from "#app/features/disputes/dispute-kept-as.ts";
import { NextInCase } from "#app/features/disputes/next-in-case.tsx";
import { disputeState } from "#app/features/activity/dispute-state.ts";
import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Disclosure } from "#app/ui/disclosure.tsx";
import { Field } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { type Pair, Pairs } from "#app/ui/pairs.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { Status } from "#app/ui/status.tsx";
import { Textarea } from "#app/ui/textarea.tsx";
import { useArrived } from "#app/ui/use-kept-form.ts";
import { useReply } from "#app/ui/use-reply.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getDispute, takeDisputeStep } from "#server/domains/disputes/index.ts";
import { notFound } from "#server/platform/faults.ts";

export const meta = () => [{ title: "Dispute" }];

const read = async (args: LoaderFunctionArgs | ActionFunctionArgs) => {
  const { ctx, account, customer } = await requireAccount(args);
  const dispute = await getDispute(ctx.db, args.params["number"] ?? "", todayIn(account.zone, ctx.now));
  authorize(ctx.actor, "dispute.view", dispute.accountId);
  return { ctx, dispute, customer, today: todayIn(account.zone, ctx.now) };
};

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { dispute, today, customer } = await read(args);
    const { steps, appealBy } = dispute;
    return {
      dispute,
      keptAs: disputeKeptAs(customer.loginId, dispute.billNumber ?? ""),
      mayWithdraw: steps.includes("withdraw"),
      mayAppeal: steps.includes("appeal") && (appealBy === null || today <= appealBy),
    };
  });

const schema = z.object({ step: z.enum(["withdraw", "appeal"]), note: z.string().max(2_000).default("") });

const SENTENCES = {
  note_needed: "Say why the decision should be looked at again.",
  not_in_state: "The case has moved on meanwhile: this is how it stands now.",
  nothing_left: "Nothing of the bill is left in question: credits or another dispute have it.",
  too_late: "The time for an appeal has passed.",
};

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, dispute } = await read(args);
    const sent = schema.safeParse(Object.fromEntries(await readForm(args.request)));
    if (!sent.success) throw notFound("step");
    const { step, note } = sent.data;
    const taken = await takeDisputeStep({ ctx, input: { disputeId: dispute.id, step, note: note || null } });
    if (!taken.ok) return data({ message: SENTENCES[taken.reason], note }, { status: 422 });
    return redirect(`/disputes/${dispute.number}`, 303);
  });

export default function DisputePage() {
  const { dispute, keptAs, mayWithdraw, mayAppeal } = useLoaderData<typeof loader>();
  useArrived(keptAs);
  const reply = useReply<typeof action>();
  const { tone, word } = disputeState(dispute.state);
  return (
    <div className="grid gap-8">
      <div className="grid gap-2">
        <h1 className="text-14 font-medium text-ink-2">Dispute {dispute.number}</h1>
        <Money value={dispute.amount} size="hero" />
        <div>
          <Status tone={tone} pill>
            {word}
          </Status>
        </div>
        <NextInCase dispute={dispute} />
      </div>
      <div className="flex flex-wrap gap-3">
        {dispute.conversationNumber ? (
          <ButtonLink to={`/messages/${dispute.conversationNumber}`} variant="primary">
            Messages about it
          </ButtonLink>
        ) : null}
        {mayWithdraw ? (
          <Form method="post">
            <Button type="submit" name="step" value="withdraw">
              Withdraw
            </Button>
          </Form>
        ) : null}
      </div>
      {mayAppeal ? <Appeal reply={reply} /> : reply ? <p role="alert">{reply.message}</p> : null}
      <section className="max-w-[34rem]" aria-label="Facts">
        <Pairs pairs={factsOf(dispute)} />
      </section>
      <section aria-labelledby="timeline" className="max-w-[40rem]">
        <SectionHeader id="timeline" title="What happened" />
        <CaseTimeline dispute={dispute} />
      </section>
    </div>
  );
}

function Appeal({ reply }: { reply: { message: string; note: string } | undefined }) {
  return (
    <Disclosure label="Ask us to look again" open={reply !== undefined}>
      <Form method="post" className="grid max-w-[34rem] gap-3">
        <Field
          name="note"
          label="Why?"
          error={reply?.message}
          hint="Once per dispute. Until then the part that was not given waits again."
        >
          <Textarea rows={3} defaultValue={reply?.note ?? ""} />
        </Field>
        <div>
          <Button type="submit" name="step" value="appeal">
            Appeal
          </Button>
        </div>
      </Form>
    </Disclosure>
  );
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>["dispute"];

function factsOf(dispute: Shown): Pair[] {
  const rows: Pair[] = [];
  if (dispute.billNumber !== null) {
    const path = `/bills/${encodeURIComponent(dispute.billNumber)}`;
    rows.push({ label: "Bill", value: <Link to={path}>{dispute.billNumber}</Link> });
  }
  if (dispute.lineDescription !== null) rows.push({ label: "Line", value: dispute.lineDescription });
  rows.push({ label: "Why", value: DISPUTE_REASON_WORDS[dispute.reason] });
  if (!isZero(dispute.held)) rows.push({ label: "Not asked for meanwhile", value: <Money value={dispute.held} /> });
  if (dispute.granted !== null && !isZero(dispute.granted))
    rows.push({ label: "Taken off", value: <Money value={dispute.granted} /> });
  rows.push({ label: "Who has it", value: dispute.ownerName ?? "Somebody takes it next" });
  for (const file of dispute.files) {
    rows.push({
      label: "File",
      value: (
        <a className="ui-link" href={`/files/${file.id}`} download={file.name}>
          {file.name}
        </a>
      ),
    });
  }
  return rows;
}
