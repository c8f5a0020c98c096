import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { addDays } from "#app/contracts/local-date.ts";
import { AUTOPAY_DONE } from "#app/contracts/messages/autopay.ts";
import { toDecimal, money } from "#app/contracts/money.ts";
import { ownOf } from "#app/contracts/own-of.ts";
import { AutopayStanding } from "#app/features/autopay/autopay-standing.tsx";
import { ComingDrafts, PastDrafts } from "#app/features/autopay/draft-list.tsx";
import { AutopayTerms } from "#app/features/autopay/terms.tsx";
import { WishForm, type WishValues } from "#app/features/autopay/wish-form.tsx";
import { requireAccount, serverOf } from "#app/http/asker.server.ts";
import { agree, type AutopayReply, changeDraft, mandateFor, readWish } from "#app/http/autopay.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formKeyFor, otherAccount } from "#app/http/form-key.server.ts";
import { SaveMethodLink } from "#app/features/methods/save-method-link.tsx";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { CalendarClock } from "#app/ui/icons.ts";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { getAutopay, listDrafts, pauseAutopay, stopAutopay } from "#server/domains/autopay/index.ts";
import { getPolicy, todayIn } from "#server/domains/business/index.ts";
import { listComingFees } from "#server/domains/collections/index.ts";
import { listSavedMethods } from "#server/domains/payments/index.ts";
import { notFound } from "#server/platform/faults.ts";

export { revalidateOnConflict as shouldRevalidate } from "#app/ui/use-form-round.ts";

export const meta = () => [{ title: "Autopay" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, customer, account, right } = await requireAccount(args);
    const query = new URL(args.request.url).searchParams;
    const accountId = account.id;
    const today = todayIn(account.zone, ctx.now);
    const { body: policy } = await getPolicy(ctx.db, "autopay");
    const [autopay, coming, past, methods, fees] = await Promise.all([
      getAutopay(ctx.db, accountId),
      listDrafts(ctx.db, { accountId, live: true }),
      listDrafts(ctx.db, { accountId, live: false, limit: 12 }),
      listSavedMethods(ctx.db, { accountId, now: ctx.now }),
      listComingFees(ctx.db, { account, today, last: addDays(today, policy.scheduleAtMostDays) }),
    ]);
    const facts = {
      autopay,
      coming,
      fees,
      past,
      methods,
      currency: account.currency,
      mayChange: right !== "view",
      formKey: formKeyFor(accountId),
    };
    const done = ownOf(AUTOPAY_DONE, query.get("done")) ?? null;
    const asking = facts.mayChange ? query.get("step") : null;
    const values: WishValues = {
      amount: query.get("amount") ?? autopay?.amountKind ?? "statement_balance",
      fixed: query.get("fixed") ?? (autopay?.fixedMinor ? toDecimal(money(autopay.fixedMinor, account.currency)) : ""),
      days: query.get("days") ?? String(autopay?.daysBeforeDue ?? 0),
      method: query.get("method") ?? autopay?.method.id ?? methods.find((method) => !method.expired)?.id ?? "",
    };
    if (asking !== "terms")
      return { ...facts, done, step: asking === "wish" ? "wish" : null, values, errors: {}, mandate: null };
    const of = { ctx, account, locale: customer.locale };
    const read = readWish((name) => query.get(name) ?? "", of);
    const mandate = read.ok ? await mandateFor(of, read.wish) : null;
    const errors: Record<string, string> = read.ok
      ? mandate === null
        ? { method: "This card or bank account cannot be used any more. Choose another one." }
        : {}
      : read.errors;
    return { ...facts, done, step: mandate === null ? "wish" : "terms", values, errors, mandate };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, customer, account } = await requireAccount(args);
    const form = await readForm(args.request);
    const of = { ctx, account, locale: customer.locale };
    const intent = form.get("intent");
    const elsewhere = otherAccount(form.get("key"), account);
    if (elsewhere !== null)
      return data<AutopayReply>({ values: {}, errors: { form: elsewhere }, draft: null }, { status: 409 });
    if (intent === "agree") return agree(of, { form, ip: serverOf(args).ip });
    if (intent === "cancel" || intent === "change") return changeDraft(of, { form, intent });
    if (intent === "pause" || intent === "resume") {
      await pauseAutopay({ ctx, input: { accountId: account.id, paused: intent === "pause" } });
      return redirect(`/autopay?done=${intent === "pause" ? "paused" : "resumed"}`, 303);
    }
    if (intent !== "stop") throw notFound("intent");
    await stopAutopay({ ctx, input: { accountId: account.id } });
    return redirect("/autopay?done=off", 303);
  });

/** What is paid by itself: autopay, chosen dates and instalments; what comes, what became of the last ones. */
export default function AutopayPage() {
  const facts = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>() as AutopayReply | undefined;
  const { done, coming, fees, past, methods, mayChange } = facts;
  const errors: Record<string, string> = reply && reply.draft === null ? reply.errors : facts.errors;
  return (
    <div className="grid gap-12">
      <div className="grid gap-4">
        <PageHeader title="Autopay" lead="Bills that are paid by themselves, with notice before every payment." />
        {done && !reply ? (
          <Notice tone="settled" live>
            {done}
          </Notice>
        ) : null}
        {reply?.draft === null && errors["form"] && facts.step === null ? (
          <Notice tone="overdue" live>
            {errors["form"]}
          </Notice>
        ) : null}
        <Terms facts={{ ...facts, errors }} />
      </div>
      {coming.length > 0 ? (
        <section aria-labelledby="coming" className="max-w-[44rem]">
          <SectionHeader id="coming" title="Coming up" />
          <ComingDrafts drafts={coming} {...{ methods, mayChange }} coming={fees} problem={reply?.draft ?? null} />
        </section>
      ) : null}
      {past.length > 0 ? (
        <section aria-labelledby="past" className="max-w-[44rem]">
          <SectionHeader id="past" title="The last ones" />
          <PastDrafts drafts={past} />
        </section>
      ) : null}
    </div>
  );
}

function Terms({ facts }: { facts: ReturnType<typeof useLoaderData<typeof loader>> }) {
  const { autopay, methods, mayChange, step, values, errors, mandate, currency, past, formKey } = facts;
  if (step === "terms" && mandate !== null) return <AutopayTerms {...{ values, mandate, errors }} />;
  if (step === "wish" && methods.some((method) => !method.expired)) {
    return <WishForm {...{ values, errors, methods, currency }} />;
  }
  if (autopay) return <AutopayStanding {...{ autopay, currency, mayChange, formKey }} last={past[0] ?? null} />;
  const usable = methods.some((method) => !method.expired);
  const way = usable ? (
    <ButtonLink to="/autopay?step=wish" variant="primary">
      Set up autopay
    </ButtonLink>
  ) : (
    <SaveMethodLink>Add a card or bank account</SaveMethodLink>
  );
  return (
    <EmptyState icon={CalendarClock} title="Autopay is off" action={mayChange ? way : null}>
      {usable
        ? "Turn it on and your bills are paid on their due date. You are told the amount before, every time."
        : "It needs a saved card or bank account first."}
    </EmptyState>
  );
}
