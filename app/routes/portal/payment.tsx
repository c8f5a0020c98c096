import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { decodeId } from "#app/contracts/ids.ts";
import { isZero } from "#app/contracts/money.ts";
import { payKeptAs } from "#app/features/payments/pay-kept-as.ts";
import { PaymentStanding } from "#app/features/payments/payment-standing.tsx";
import { whenMadePair } from "#app/features/payments/when-made.tsx";
import { billPath } from "#app/features/bills/bill-path.ts";
import { RefundList } from "#app/features/refunds/refund-list.tsx";
import { Download, MessageCircle } from "#app/ui/icons.ts";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { useArrived } from "#app/ui/use-kept-form.ts";
import { usePollWhile } from "#app/ui/use-poll-while.ts";
import { hasNews, verifyUrlOf } from "#app/http/ask-payment.server.ts";
import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { type Pair, Pairs } from "#app/ui/pairs.tsx";
import { authorize, may } from "#server/domains/auth/index.ts";
import { cancelPayment, getPayment } from "#server/domains/payments/index.ts";
import { notFound } from "#server/platform/faults.ts";

export const meta = () => [{ title: "Payment" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, customer } = await requireAccount(args);
    const { id, paymentId } = readId(args);
    const known = await getPayment(ctx.db, paymentId);
    authorize(ctx.actor, "payment.view", known.accountId);
    // Somebody who looks at an undecided payment hears its newest state, not what we knew last.
    const waits = known.state === "requested" || known.state === "requires_action";
    const moved = waits && (await hasNews(ctx, paymentId));
    const payment = moved ? await getPayment(ctx.db, paymentId) : known;
    const mayPay = may(ctx.actor, "payment.make", payment.accountId);
    const keptAs = payKeptAs(customer.loginId, payment.accountId);
    return { id, payment, mayPay, keptAs, verifyUrl: mayPay ? await verifyUrlOf(ctx, paymentId) : null };
  });

/** Starting again gives up the attempt that waits: its bills can be paid once the processor has confirmed that. */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireAccount(args);
    const { id, paymentId } = readId(args);
    const canceled = await cancelPayment({ ctx, input: { paymentId } });
    return redirect(canceled.ok ? "/pay" : `/payments/${id}`, 303);
  });

function readId({ params }: LoaderFunctionArgs): { id: string; paymentId: string } {
  const id = params["id"] ?? "";
  const paymentId = decodeId("payment", id);
  if (paymentId === null) throw notFound("payment");
  return { id, paymentId };
}

const LOOK_EVERY_MS = 1_500;

export default function PaymentPage() {
  const { id, payment, mayPay, verifyUrl, keptAs } = useLoaderData<typeof loader>();
  useArrived(keptAs);
  usePollWhile(payment.state === "requested", LOOK_EVERY_MS);
  return (
    <div className="grid gap-8">
      <div className="grid gap-2">
        <h1 className="text-14 font-medium text-ink-2">Payment</h1>
        <Money value={payment.amount} size="hero" />
        <PaymentStanding {...{ payment, mayPay, verifyUrl }} />
      </div>
      <section className="max-w-[34rem]" aria-label="Details">
        <Pairs pairs={pairsOf(payment)} />
      </section>
      {payment.refunds.length > 0 ? (
        <section className="max-w-[34rem]" aria-labelledby="refunds">
          <SectionHeader id="refunds" title="What we sent back" />
          <RefundList refunds={payment.refunds} forStaff={false} billPath={billPath} />
        </section>
      ) : null}
      <div className="flex flex-wrap gap-3">
        {payment.state === "settled" ? (
          <ButtonLink to={`/payments/${id}/receipt.pdf`} reloadDocument>
            <Download size={16} aria-hidden="true" /> Receipt (PDF)
          </ButtonLink>
        ) : null}
        <ButtonLink to={`/messages?${new URLSearchParams({ about: `payment:${id}` }).toString()}`}>
          <MessageCircle size={16} aria-hidden="true" /> Ask about it
        </ButtonLink>
        <ButtonLink to="/account" variant="quiet">
          To your account
        </ButtonLink>
      </div>
    </div>
  );
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>["payment"];

function pairsOf(payment: Shown): Pair[] {
  const rows: Pair[] = payment.parts.map((part) => ({
    label: <Link to={`/bills/${encodeURIComponent(part.number)}`}>Bill {part.number}</Link>,
    // What came back is on no bill any more; the page still says what the payment was for.
    value: <Money value={payment.state === "settled" && isZero(payment.takenBack) ? part.paid : part.chosen} />,
  }));
  if (!isZero(payment.credit)) rows.push({ label: "Kept as credit", value: <Money value={payment.credit} /> });
  if (!isZero(payment.fee)) rows.push({ label: "Convenience fee", value: <Money value={payment.fee} /> });
  if (payment.methodLabel !== null) rows.push({ label: "Paid with", value: payment.methodLabel });
  if (payment.payLinkId !== null) rows.push({ label: "How", value: "By the bill’s link, without signing in" });
  rows.push(whenMadePair(payment, "Started"));
  return rows;
}
