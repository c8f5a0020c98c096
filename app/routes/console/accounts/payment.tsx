import { randomUUID } from "node:crypto";

import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";

import { errorsOf, type FormReply } from "#app/contracts/form-reply.ts";
import { paymentForm } from "#app/contracts/forms/refund.ts";
import { decodeId } from "#app/contracts/ids.ts";
import { ownOf } from "#app/contracts/own-of.ts";
import { accountBillPath, accountPaymentPath, accountPartPath } from "#app/features/accounts/paths.ts";
import { StaffPayment } from "#app/features/accounts/staff-payment.tsx";
import { BounceForm } from "#app/features/refunds/bounce-form.tsx";
import { PaymentBooks } from "#app/features/refunds/payment-books.tsx";
import { RefundForm } from "#app/features/refunds/refund-form.tsx";
import { RefundList } from "#app/features/refunds/refund-list.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { parseForm } from "#app/http/forms.server.ts";
import { bounceFromPage, refundFromPage } from "#app/http/payment-action.server.ts";
import { Answer } from "#app/ui/answer.tsx";
import { Link } from "#app/ui/link.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { useFormRound } from "#app/ui/use-form-round.ts";
import { useReply } from "#app/ui/use-reply.ts";
import { getAccountByNumber } from "#server/domains/accounts/index.ts";
import { creditLimitOf } from "#server/domains/adjustments/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import {
  getPayment,
  getRefundable,
  listLosses,
  listPaymentJournals,
  listRefunds,
} from "#server/domains/payments/index.ts";
import { notFound } from "#server/platform/faults.ts";

export { revalidateOnConflict as shouldRevalidate } from "#app/ui/use-form-round.ts";

/** The account and the payment of this address; one of another account is as if unknown. */
async function readPayment(args: LoaderFunctionArgs) {
  const { ctx, staff } = await requireStaff(args);
  const account = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
  const id = args.params["payment"] ?? "";
  const paymentId = decodeId("payment", id);
  const payment = paymentId === null ? null : await getPayment(ctx.db, paymentId);
  if (paymentId === null || payment?.accountId !== account.id) throw notFound("payment");
  return { ctx, staff, account, id, paymentId, payment };
}

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, id, paymentId, payment } = await readPayment(args);
    const asked = new URL(args.request.url).searchParams;
    const [refunds, refundable, journals, limit, losses] = await Promise.all([
      listRefunds(ctx.db, paymentId),
      getRefundable(ctx.db, paymentId),
      listPaymentJournals(ctx.db, paymentId),
      creditLimitOf(ctx, account),
      listLosses(ctx.db, { paymentId }),
    ]);
    return {
      ...{
        id,
        payment,
        refunds,
        refundable,
        journals,
        limit,
        lost: losses[0]?.amount ?? null,
        number: account.number,
        version: account.version,
      },
      ...{ today: todayIn(account.zone, ctx.now), formKey: randomUUID() },
      ...{ conversation: asked.get("c"), done: asked.get("done") },
    };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, staff, account, id, paymentId } = await readPayment(args);
    const isPreview = new URL(args.request.url).searchParams.has("preview");
    const form = await parseForm(args.request, paymentForm);
    if (!form.ok) return isPreview ? data({ ok: false as const, message: null }) : data(form.reply, { status: 422 });
    const by = {
      ctx,
      account,
      paymentId,
      back: accountPaymentPath(account.number, id),
      who: staff,
      values: form.values,
    };
    return form.value.intent === "refund"
      ? refundFromPage(by, { form: form.value, isPreview })
      : bounceFromPage(by, form.value);
  });

/** What has just been done, said on top of what it came to. */
const DONE: Partial<Record<string, string>> = {
  record: "Recorded. Its bills and the account have it.",
  refund: "The refund is on its way.",
  refundByHand: "The refund is booked. Send it from your bank now.",
  bounce: "Booked as sent back. Its bills are owed again.",
};

function DoneLine({ done }: { done: string | null }) {
  const { key } = useLocation();
  const text = ownOf(DONE, done);
  return text === undefined ? null : (
    <div className="mb-5">
      <Answer of={key}>{text}</Answer>
    </div>
  );
}

/** One payment as staff see it: what it paid, what the books say, what went back, and giving it back. */
export default function AccountPayment() {
  const loaded = useLoaderData<typeof loader>();
  const { id, payment, refunds, refundable, journals, number, conversation } = loaded;
  // What the page shows again is a refused form; previews are asked by the form itself.
  const reply = useReply<FormReply>();
  const refused = reply ?? null;
  const round = useFormRound(reply);
  const { search } = useLocation();
  const sentOf = (intent: string) => (refused?.values["intent"] === intent ? refused.values : null);
  const errorsFor = (intent: string) => (refused !== null && sentOf(intent) !== null ? errorsOf(refused) : {});
  const billPath = (bill: string) => accountBillPath(number, bill);
  const bounces = payment.state === "settled" && ["check", "transfer"].includes(payment.kind) && !payment.bouncedOn;
  const mayRefund = refundable.why === null && (refundable.bills.length > 0 || refundable.overpaid.amountMinor > 0n);
  return (
    <>
      <p className="mb-3">
        {conversation === null ? (
          <Link to={accountPartPath(number, "payments")}>All payments</Link>
        ) : (
          <Link to={`/console/c/${encodeURIComponent(conversation)}`}>Back to the conversation</Link>
        )}
      </p>
      {refused === null ? (
        <DoneLine done={loaded.done === "refund" && refundable.byHand ? "refundByHand" : loaded.done} />
      ) : null}
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-12">
        <div className="grid min-w-0 content-start gap-8">
          <StaffPayment {...{ payment, refundable, billPath }} lost={loaded.lost} />
          {refunds.length > 0 ? (
            <section aria-labelledby="refunds" className="max-w-[40rem]">
              <SectionHeader id="refunds" title="What went back" level={3} />
              <RefundList refunds={refunds} forStaff billPath={billPath} />
            </section>
          ) : null}
          {mayRefund ? (
            <section aria-labelledby="refund">
              <SectionHeader id="refund" title="Refund" level={3} />
              <RefundForm
                key={`${String(round)} ${String(refunds.length)}`}
                {...{ refundable, conversation, limit: loaded.limit, to: payment.methodLabel }}
                {...{ version: loaded.version, formKey: loaded.formKey }}
                sent={sentOf("refund")}
                errors={errorsFor("refund")}
                previewPath={`${accountPaymentPath(number, id)}${search ? `${search}&` : "?"}preview`}
              />
            </section>
          ) : null}
          {bounces ? (
            <BounceForm
              key={`bounce ${String(round)}`}
              {...{ today: loaded.today, formKey: loaded.formKey }}
              effect={`Its bills are owed again, and it comes out of ${payment.kind === "transfer" || payment.deposited ? "the bank" : "undeposited funds"}.`}
              sent={sentOf("bounce")}
              errors={errorsFor("bounce")}
            />
          ) : null}
        </div>
        <section aria-labelledby="books" className="min-w-0">
          <SectionHeader id="books" title="What the books say" level={3} />
          {journals.length > 0 ? (
            <PaymentBooks journals={journals} />
          ) : (
            <p className="text-ink-2">Nothing is posted: a payment enters the books when it settles.</p>
          )}
        </section>
      </div>
    </>
  );
}
