import { randomUUID } from "node:crypto";

import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { errorsOf } from "#app/contracts/form-reply.ts";
import { remindersForm } from "#app/contracts/forms/collections.ts";
import { PauseForm } from "#app/features/accounts/pause-form.tsx";
import { PauseList } from "#app/features/accounts/pause-list.tsx";
import { PromiseForm } from "#app/features/plans/promise-form.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { promiseDay, readPromise } from "#app/http/promise.server.ts";
import { Answer } from "#app/ui/answer.tsx";
import { Day } from "#app/ui/date.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { useFormRounds } from "#app/ui/use-form-round.ts";
import { useReply } from "#app/ui/use-reply.ts";
import { type Account, getAccount, getAccountByNumber } from "#server/domains/accounts/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { listPauses, pauseCollections, resumeCollections } from "#server/domains/collections/index.ts";
import { listOpenBills } from "#server/domains/invoices/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

const read = async (ctx: Ctx, number: string) => {
  const account = await getAccount(ctx.db, (await getAccountByNumber(ctx.db, number)).id);
  const today = todayIn(account.zone, ctx.now);
  return { account, today, bills: await listOpenBills(ctx.db, { accountId: account.id, today }) };
};

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const { account, today, bills } = await read(ctx, args.params["number"] ?? "");
    const [pauses, promise] = await Promise.all([
      listPauses(ctx.db, { accountId: account.id, today }),
      readPromise(ctx, account),
    ]);
    const numberOf = (invoiceId: string | null) => bills.find(({ id }) => id === invoiceId)?.number ?? null;
    return {
      ...{ today, promise, formKey: randomUUID(), asked: bills.some(({ payableMinor }) => payableMinor > 0n) },
      bills: bills.map(({ number }) => ({ number })),
      // A pause of a bill that is paid by now says nothing any more.
      pauses: pauses
        .map(({ id, invoiceId, untilOn, reason }) => ({ id, invoiceId, bill: numberOf(invoiceId), untilOn, reason }))
        .filter(({ invoiceId, bill }) => invoiceId === null || bill !== null),
    };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, staff } = await requireStaff(args);
    const form = await parseForm(args.request, remindersForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const { account, bills } = await read(ctx, args.params["number"] ?? "");
    const wish = form.value;
    if (wish.intent === "resume")
      await resumeCollections({ ctx, input: { accountId: account.id, pauseId: wish.pauseId } });
    if (wish.intent === "promise") {
      const problem = await promiseDay(ctx, { account, day: wish.day, key: wish.key, by: staff });
      if (problem !== null) return formReply(form.values, { errors: { day: problem } });
    }
    if (wish.intent === "pause") {
      const bill = bills.find(({ number }) => number === wish.bill);
      if (wish.bill !== "" && !bill)
        return formReply(form.values, { errors: { bill: "Nothing is open on this bill." } });
      const problem = await pause(ctx, account, { ...wish, invoiceId: bill?.id ?? null });
      if (problem !== null) return formReply(form.values, { errors: problem });
    }
    return { ok: true as const, intent: wish.intent, values: form.values };
  });

type Wish = Pick<Parameters<typeof pauseCollections>[0]["input"], "invoiceId" | "untilOn" | "reason">;

async function pause(ctx: Ctx, { id: accountId }: Account, { invoiceId, untilOn, reason }: Wish) {
  const done = await pauseCollections({ ctx, input: { accountId, invoiceId, untilOn, reason } });
  if (done.ok) return null;
  return done.reason === "day_is_over"
    ? { untilOn: "This day is over. Choose today or a later one." }
    : { reason: "Say why, for whoever reads it later." };
}

const DONE: Record<"pause" | "resume" | "promise", string> = {
  pause: "Paused. Nobody is reminded of it, and no late fee falls, until it ends.",
  resume: "The pause is over: reminders and late fees come by the policies again.",
  promise: "Kept. Reminders wait until that day is over.",
};

/** What asks for money by itself, and what keeps it from asking: pauses, and a promised day. */
export default function AccountReminders() {
  const { bills, pauses, promise, today, asked, formKey } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  const roundOf = useFormRounds(reply, reply?.values["intent"]);
  const refused = reply && !reply.ok ? reply : null;
  const [errors, values] = [errorsOf(reply), refused?.values ?? {}];
  const ofPromise = values["intent"] === "promise";
  const done = reply?.ok ? <Answer of={reply}>{DONE[reply.intent]}</Answer> : null;
  const donePromise = reply?.ok && reply.intent === "promise";
  return (
    <div className="grid gap-10 lg:grid-cols-2 lg:gap-12">
      <section aria-labelledby="pauses" className="grid content-start gap-5">
        <SectionHeader id="pauses" title="Pauses" />
        {donePromise ? null : done}
        {pauses.length > 0 ? (
          <PauseList pauses={pauses} />
        ) : (
          <p className="text-ink-2">Nothing is paused: reminders and late fees come by the policies.</p>
        )}
        <PauseForm
          key={roundOf("pause")}
          {...{ bills, today }}
          sent={ofPromise ? {} : values}
          errors={ofPromise ? {} : errors}
        />
      </section>
      <section aria-labelledby="promise" className="grid content-start gap-5">
        <SectionHeader id="promise" title="Promise to pay" />
        {donePromise ? done : null}
        <p className="text-ink-2">
          {promise.promisedOn ? (
            <>
              Promised by <Day date={promise.promisedOn} />. Reminders wait until that day is over.
            </>
          ) : (
            "None stands."
          )}
        </p>
        {asked ? (
          <PromiseForm
            key={`${String(roundOf("promise"))} ${promise.promisedOn ?? ""}`}
            {...{ ...promise, formKey }}
            sent={ofPromise ? values["day"] : undefined}
            error={ofPromise ? errors["day"] : undefined}
            docked={false}
          />
        ) : (
          <p className="text-ink-2">Nothing is asked for now, so there is nothing to promise.</p>
        )}
      </section>
    </div>
  );
}
