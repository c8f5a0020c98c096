import { randomUUID } from "node:crypto";

import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { type ShouldRevalidateFunction, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { encodeId } from "#app/contracts/ids.ts";
import { amountRefusalText } from "#app/contracts/messages/amounts.ts";
import { authSentence } from "#app/contracts/messages/auth.ts";
import { payRefusalText } from "#app/contracts/messages/pay.ts";
import { isZero } from "#app/contracts/money.ts";
import { type PayReply } from "#app/contracts/pay-reply.ts";
import { GuestBillPage } from "#app/features/pay-links/guest-bill.tsx";
import { LinkOverPage } from "#app/features/pay-links/link-over.tsx";
import { type Choice, NEW_METHOD, readChoice } from "#app/contracts/pay-choice.ts";
import { serverOf, systemCtx } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { type GuestAsked, openLink, readGuestFrame, tokenOf } from "#app/http/guest.server.ts";
import { attemptKey, payAnswer, payRefusalFacts, payRefused } from "#app/http/pay-reply.server.ts";
import { LocaleProvider } from "#app/ui/locale.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { countUse, getGuestBill, getGuestPlan, limitGuest, requestFreshLink } from "#server/domains/pay-links/index.ts";
import { listPayments, resumePayment, type StartedPayment, startPayment } from "#server/domains/payments/index.ts";

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [
  { title: read?.over === null ? `Bill ${read.bill.number}` : "Pay a bill" },
  { name: "robots", content: "noindex, nofollow" },
];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const opened = await openLink(args);
    if (opened.state !== "living") return data({ over: opened.state }, { status: 410 });
    const { ctx, guest, account, today, path } = opened;
    const [bill, plan, frame, made] = await Promise.all([
      getGuestBill(ctx, { guest, today }),
      getGuestPlan(ctx, { guest, today }),
      readGuestFrame(args, opened),
      listPayments(ctx.db, { accountId: account.id, payLinkId: guest.linkId, limit: 20 }),
      countUse(ctx.db, guest),
    ]);
    const payments = made.items
      .filter(({ state }) => state !== "failed" && state !== "canceled")
      .map(({ id, state, amount }) => ({ id: encodeId("payment", id), state, amount }));
    return data({
      ...{ over: null, bill, plan, payments, path, ...frame },
      billedTo: account.name,
      formKey: randomUUID(),
      script: serverOf(args).stripe,
    });
  });

/** A refused attempt changed the account's version too, and no socket tells a guest. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formMethod, defaultShouldRevalidate }) =>
  formMethod === "POST" || defaultShouldRevalidate;

const schema = z.object({
  key: z.uuid(),
  version: z.coerce.number().int(),
  mode: z.enum(["bills", "amount"]),
  amount: z.string().default(""),
  token: z.string().max(200).default(""),
});

type FreshReply = { fresh: "sent" | "refused"; errors: Record<string, string> };

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const form = await args.request.formData();
    const values = Object.fromEntries(
      [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
    if (values["intent"] === "fresh") return mailFreshLink(args);
    const opened = await openLink(args);
    // Its days ended while the form stood open: the page says so.
    if (opened.state !== "living")
      return payRefused(values, { form: "This link no longer works. Load the page again." });
    return pay({ ...opened, ip: serverOf(args).ip }, values);
  });

async function mailFreshLink(args: ActionFunctionArgs) {
  const input = { token: tokenOf(args), ip: serverOf(args).ip };
  const asked = await requestFreshLink({ ctx: systemCtx(args, "pay link"), input });
  if (asked.ok) return data<FreshReply>({ fresh: "sent", errors: {} });
  return data<FreshReply>({ fresh: "refused", errors: { form: authSentence(asked) } }, { status: 429 });
}

type Paying = GuestAsked & { ip: string };

async function pay({ ctx, guest, account, today, path, ip }: Paying, values: Record<string, string>) {
  const sent = schema.safeParse(values);
  if (!sent.success) return payRefused(values, { form: "This form was not complete. Load the page again, then pay." });
  const { key, version, mode, amount: text, token } = sent.data;
  const { accountId, invoiceId, linkId } = guest;
  const { currency, locale } = account;
  const choice: Choice = mode === "bills" ? { mode, invoiceIds: [invoiceId] } : { mode, text };
  const idempotencyKey = `pay:link:${linkId}:${attemptKey(key, [NEW_METHOD, choice])}`;
  const answer = (started: StartedPayment) =>
    payAnswer(values, started, `${path}/paid/${encodeId("payment", started.paymentId)}`);
  const resume = () => resumePayment({ ctx, input: { accountId, idempotencyKey } });
  const known = await resume();
  if (known) return answer(known);
  const { bills, toPayNow } = await getGuestPlan(ctx, { guest, today });
  const read = readChoice(choice, { bills, currency, locale });
  if (!read.ok)
    return payRefused(values, { amount: read.refusal === null ? "" : amountRefusalText(read.refusal, locale) });
  if (!isZero(read.credit))
    return payRefused(values, { amount: payRefusalText({ reason: "more_than_due", most: toPayNow }, locale) });
  if (read.parts.length === 0) return payRefused(values, { form: payRefusalText({ reason: "bill_not_open" }, locale) });
  if (token === "") return payRefused(values, { form: "Enter a card or bank account." });
  const limited = await limitGuest(ctx, { guest, ip });
  if (!limited.ok) return payRefused(values, { form: authSentence(limited) });
  const started = await startPayment({
    ctx,
    input: {
      ...{ accountId, amountMinor: read.amount.amountMinor, bills: read.parts, seenVersion: version, idempotencyKey },
      ...{ means: { kind: "token", confirmationToken: token, save: false }, creditAllowed: false },
    },
  });
  // Pressed twice at once: the first press changed what can be paid while this one was read.
  const first = !started.ok && started.reason === "key_reused_with_other_input" ? await resume() : null;
  if (first) return answer(first);
  if (!started.ok) return payRefused(values, { form: payRefusalText(payRefusalFacts(started, read.amount), locale) });
  return answer(started.value);
}

export default function PayLinkPage() {
  const read = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  if (read.over !== null) {
    const asked = reply && "fresh" in reply ? reply : null;
    return <LinkOverPage why={read.over} errors={asked?.errors ?? {}} sent={asked?.fresh === "sent"} />;
  }
  const answered: PayReply | undefined = reply && "next" in reply ? reply : undefined;
  return (
    <LocaleProvider value={read.locale}>
      <GuestBillPage {...read} reply={answered} formKey={answered?.formKey ?? read.formKey} />
    </LocaleProvider>
  );
}
