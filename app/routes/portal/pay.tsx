import { randomUUID } from "node:crypto";

import { type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { encodeId } from "#app/contracts/ids.ts";
import { amountRefusalText } from "#app/contracts/messages/amounts.ts";
import { payRefusalText } from "#app/contracts/messages/pay.ts";
import { type Choice, readChoice } from "#app/features/payments/choice.ts";
import { NEW_METHOD } from "#app/features/payments/method-choice.tsx";
import { PayForm } from "#app/features/payments/pay-form.tsx";
import { requireAccount, serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { attemptKey, payAnswer, payRefusalFacts, payRefused } from "#app/http/pay-reply.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { todayIn } from "#server/domains/business/index.ts";
import {
  getPayPlan,
  listPayments,
  listSavedMethods,
  type PayPlan,
  resumePayment,
  type StartedPayment,
  startPayment,
} from "#server/domains/payments/index.ts";

export const meta = () => [{ title: "Pay" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, right } = await requireAccount(args);
    const accountId = account.id;
    const [plan, methods, waiting] = await Promise.all([
      getPayPlan(ctx.db, { accountId, today: todayIn(account.zone, ctx.now) }),
      listSavedMethods(ctx.db, { accountId, now: ctx.now }),
      listPayments(ctx.db, { accountId, states: ["requires_action"], limit: 1 }),
    ]);
    const asked = new URL(args.request.url).searchParams;
    return {
      ...{ plan, methods, currency: account.currency, mayPay: right !== "view", waiting: waiting.items[0] ?? null },
      startsWith: startOf(plan, asked),
      formKey: randomUUID(),
      script: serverOf(args).stripe,
    };
  });

/** A named bill alone, another amount, or all that is asked for. */
function startOf({ bills }: PayPlan, asked: URLSearchParams): Choice {
  if (bills.length === 0 || asked.has("amount")) return { mode: "amount", text: "" };
  const named = bills.filter((bill) => bill.number === asked.get("bill"));
  const chosen = named.length > 0 ? named : bills.filter((bill) => bill.payableMinor > 0n);
  return { mode: "bills", invoiceIds: chosen.map((bill) => bill.invoiceId) };
}

const schema = z.object({
  key: z.uuid(),
  version: z.coerce.number().int(),
  mode: z.enum(["bills", "amount"]),
  amount: z.string().default(""),
  method: z.union([z.literal(NEW_METHOD), z.uuid()]),
  token: z.string().max(200).default(""),
  save: z.literal("yes").optional(),
  creditOk: z.literal("yes").optional(),
});

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, customer, account } = await requireAccount(args);
    const form = await args.request.formData();
    const values = Object.fromEntries(
      [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
    const sent = schema.safeParse(values);
    if (!sent.success)
      return payRefused(values, { form: "This form was not complete. Choose what to pay and with what." });
    const { version, mode, amount: text, method, token, save, creditOk } = sent.data;
    const { locale } = customer;
    const { currency } = account;
    const invoiceIds = form.getAll("bill").map(String);
    const choice: Choice = mode === "bills" ? { mode, invoiceIds } : { mode, text };
    const idempotencyKey = `pay:${customer.loginId}:${attemptKey(sent.data.key, [method, choice])}`;
    const answer = (started: StartedPayment) =>
      payAnswer(values, started, `/payments/${encodeId("payment", started.paymentId)}`);
    const resume = () => resumePayment({ ctx, input: { accountId: account.id, idempotencyKey } });
    const known = await resume();
    if (known) return answer(known);
    const { bills } = await getPayPlan(ctx.db, { accountId: account.id, today: todayIn(account.zone, ctx.now) });
    const read = readChoice(choice, { bills, currency, locale });
    if (!read.ok)
      return payRefused(values, { amount: read.refusal === null ? "" : amountRefusalText(read.refusal, locale) });
    if (method === NEW_METHOD && token === "") return payRefused(values, { form: "Enter a card or bank account." });
    const means =
      method === NEW_METHOD
        ? ({ kind: "token", confirmationToken: token, save: save === "yes" } as const)
        : ({ kind: "saved", methodId: method } as const);
    const started = await startPayment({
      ctx,
      input: {
        ...{ accountId: account.id, amountMinor: read.amount.amountMinor, bills: read.parts, means },
        ...{ seenVersion: version, creditAllowed: creditOk === "yes", idempotencyKey },
      },
    });
    // Pressed twice at once: the first press changed what can be paid while this one was read.
    const first = !started.ok && started.reason === "key_reused_with_other_input" ? await resume() : null;
    if (first) return answer(first);
    if (!started.ok) {
      const sentence = payRefusalText(payRefusalFacts(started, read.amount), locale);
      return payRefused(values, { form: sentence }, { becomesCredit: started.reason === "becomes_credit" });
    }
    return answer(started.value);
  });

export default function PayPage() {
  const { plan, methods, currency, mayPay, waiting, startsWith, formKey, script } = useLoaderData<typeof loader>();
  const answered = useReply<typeof action>();
  if (!mayPay) {
    return (
      <EmptyState title="You can see this account, not pay it" action={<ButtonLink to="/account">Back</ButtonLink>}>
        Ask whoever manages it for the right to pay.
      </EmptyState>
    );
  }
  const owesNothing = plan.toPayNow.amountMinor === 0n && plan.bills.every((bill) => bill.mostMinor <= 0n);
  return (
    <>
      <PageHeader title="Pay" />
      {waiting && !answered?.next ? (
        <div className="mb-6 max-w-[34rem]">
          <Notice tone="waiting">
            Your payment of <Money value={waiting.amount} /> is not finished.{" "}
            <Link to={`/payments/${encodeId("payment", waiting.id)}`}>Look at it or start again</Link>
          </Notice>
        </div>
      ) : null}
      {owesNothing && !waiting ? (
        <div className="mb-6 max-w-[34rem]">
          <Notice tone="settled">Nothing is due. What you pay now is kept as credit for your next bill.</Notice>
        </div>
      ) : null}
      {plan.creditUsed.amountMinor > 0n ? (
        <div className="mb-6 max-w-[34rem]">
          <Notice tone="done">
            Your credit of <Money value={plan.creditUsed} /> is used first: the amounts below are after it.
          </Notice>
        </div>
      ) : null}
      <PayForm
        {...{ plan, currency, methods, script, startsWith, reply: answered }}
        formKey={answered?.formKey ?? formKey}
      />
    </>
  );
}
