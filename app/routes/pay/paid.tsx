import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { decodeId } from "#app/contracts/ids.ts";
import { isZero } from "#app/contracts/money.ts";
import { PaymentStanding } from "#app/features/payments/payment-standing.tsx";
import { hasNews, verifyUrlOf } from "#app/http/ask-payment.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readGuestFrame, requireGuest } from "#app/http/guest.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Moment } from "#app/ui/date.tsx";
import { Download } from "#app/ui/icons.ts";
import { LocaleProvider } from "#app/ui/locale.tsx";
import { Money } from "#app/ui/money.tsx";
import { type Pair, Pairs } from "#app/ui/pairs.tsx";
import { usePollWhile } from "#app/ui/use-poll-while.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { cancelPayment, getPayment } from "#server/domains/payments/index.ts";
import { notFound } from "#server/platform/faults.ts";

export const meta: MetaFunction = () => [{ title: "Payment" }, { name: "robots", content: "noindex, nofollow" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const asked = await requireGuest(args);
    const { ctx, path } = asked;
    const { id, paymentId } = readId(args);
    const known = await getPayment(ctx.db, paymentId);
    authorize(ctx.actor, "payment.view", known);
    const waits = known.state === "requested" || known.state === "requires_action";
    const moved = waits && (await hasNews(ctx, paymentId));
    const { declineCode: _forStaff, ...payment } = moved ? await getPayment(ctx.db, paymentId) : known;
    const [frame, verifyUrl] = await Promise.all([readGuestFrame(args, asked), verifyUrlOf(ctx, paymentId)]);
    return { ...frame, path, id, payment: { ...payment, declineCode: null }, verifyUrl };
  });

/** Starting again gives up the attempt that waits. */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, path } = await requireGuest(args);
    const { id, paymentId } = readId(args);
    const canceled = await cancelPayment({ ctx, input: { paymentId } });
    return redirect(canceled.ok ? path : `${path}/paid/${id}`, 303);
  });

function readId({ params }: LoaderFunctionArgs): { id: string; paymentId: string } {
  const id = params["payment"] ?? "";
  const paymentId = decodeId("payment", id);
  if (paymentId === null) throw notFound("payment");
  return { id, paymentId };
}

const LOOK_EVERY_MS = 1_500;

export default function GuestPaymentPage() {
  const { id, payment, path, verifyUrl, locale, contact } = useLoaderData<typeof loader>();
  usePollWhile(payment.state === "requested", LOOK_EVERY_MS);
  return (
    <LocaleProvider value={locale}>
      <div className="mx-auto grid max-w-[34rem] gap-8">
        <div className="grid gap-2">
          <h1 className="text-14 font-medium text-ink-2">
            Payment to <bdi>{contact.name}</bdi>
          </h1>
          <Money value={payment.amount} size="hero" />
          <PaymentStanding {...{ payment, verifyUrl }} mayPay guest againTo={path} />
        </div>
        <section aria-label="Details">
          <Pairs pairs={pairsOf(payment)} />
        </section>
        <div className="flex flex-wrap gap-3">
          {payment.state === "settled" ? (
            <ButtonLink to={`${path}/paid/${id}/receipt.pdf`} reloadDocument>
              <Download size={16} aria-hidden="true" /> Receipt (PDF)
            </ButtonLink>
          ) : null}
          <ButtonLink to={path} variant="quiet">
            Back to the bill
          </ButtonLink>
        </div>
      </div>
    </LocaleProvider>
  );
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>["payment"];

function pairsOf(payment: Shown): Pair[] {
  const settled = payment.state === "settled";
  const rows: Pair[] = payment.parts.flatMap((part) => [
    { label: `Bill ${part.number}`, value: <Money value={settled ? part.paid : part.chosen} /> },
    ...(settled && !isZero(part.open) ? [{ label: "Left of this bill", value: <Money value={part.open} /> }] : []),
  ]);
  if (!isZero(payment.fee)) rows.push({ label: "Convenience fee", value: <Money value={payment.fee} /> });
  if (!isZero(payment.credit)) rows.push({ label: "Kept as credit", value: <Money value={payment.credit} /> });
  if (!isZero(payment.refunded)) rows.push({ label: "Refunded", value: <Money value={payment.refunded} /> });
  if (payment.methodLabel !== null) rows.push({ label: "Paid with", value: payment.methodLabel });
  rows.push({ label: "Started", value: <Moment at={payment.requestedAt} absolute /> });
  return rows;
}
