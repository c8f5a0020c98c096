import { v7 as uuidv7 } from "uuid";

import { currency } from "#app/contracts/currency.ts";
import { localDate, localDateOf } from "#app/contracts/local-date.ts";
import { paymentMethods } from "#db/schema/index.ts";
import { type TestDatabase } from "#db/testing/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { type AutopayRequest, schedulePayment, setUpAutopay } from "#server/domains/autopay/index.ts";
import { pauseCollections } from "#server/domains/collections/index.ts";
import { fileDispute, resolveDispute } from "#server/domains/disputes/index.ts";
import { issueInvoice } from "#server/domains/invoices/index.ts";
import { getPayPlan, startPayment } from "#server/domains/payments/index.ts";
import { acceptPlan, offerPlan, promiseToPay } from "#server/domains/plans/index.ts";
import { openPayLink } from "#server/domains/pay-links/index.ts";
import { wishMonthly } from "#server/domains/statements/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { signPayLink } from "#server/platform/pay-link-path.ts";
import { type Ok, type Refusal } from "#server/platform/result.ts";
import { type StandIn } from "#server/testing/stand-in.ts";

export type Around = { t: TestDatabase; standIn: StandIn; ctx: () => Ctx };
export type Home = ReturnType<typeof makeHome>;

/** Card of the stand-in's, or none, and the month in which it expires. */
export type Saved = { token: string; expMonth: number; expYear: number };

type AutopayWish = Pick<AutopayRequest, "amountKind" | "fixedMinor" | "daysBeforeDue">;

/** An account that lives through ninety days, and what its people do. */
export function makeHome(around: Around, { code, zone, money }: { code: string; zone: string; money: string }) {
  const { t, standIn, ctx } = around;
  const bills = new Map<string, string>();
  const ids = { accountId: "", methodId: "", disputeId: "" };
  const today = () => localDateOf(standIn.now(), zone);
  const keyOf = (what: string) => `${code} ${what} ${today()}`;

  async function moveIn(saved: Saved | null): Promise<void> {
    const account = { number: code, name: code, email: `${code}@example.com`, currency: currency(money), zone };
    const made = await createAccounts({ ctx: ctx(), input: { accounts: [account] } });
    ids.accountId = made.value[0]?.id ?? "";
    if (saved) ids.methodId = await save(around, { code, accountId: ids.accountId, saved });
  }

  async function bill(number: string, { dueOn, amount }: { dueOn: string; amount: string }): Promise<void> {
    const lines = [{ description: "Water", unitPrice: amount }];
    const due = { issuedOn: today(), dueOn: localDate(dueOn) };
    const input = { accountId: ids.accountId, number, ...due, lines, idempotencyKey: number };
    bills.set(number, taken(await issueInvoice({ ctx: ctx(), input })).invoiceId);
  }

  /** All that is asked for, with a method of the stand-in's. */
  async function payAll(token: string): Promise<void> {
    const { accountId } = ids;
    const plan = await getPayPlan(t.db, { accountId, today: today() });
    const parts = plan.bills
      .filter((one) => one.payableMinor > 0n)
      .map((one) => ({ invoiceId: one.invoiceId, amountMinor: one.payableMinor }));
    const means = { kind: "token" as const, confirmationToken: await standIn.token(token), save: false };
    const amountMinor = parts.reduce((sum, part) => sum + part.amountMinor, 0n);
    const input = { accountId, amountMinor, bills: parts, means, seenVersion: null, creditAllowed: false };
    taken(await startPayment({ ctx: ctx(), input: { ...input, idempotencyKey: keyOf("pay") } }));
  }

  async function turnAutopayOn(more: Partial<AutopayWish> = {}): Promise<void> {
    const wish = { amountKind: "statement_balance" as const, fixedMinor: null, daysBeforeDue: 0, ...more };
    const mandate = { mandateText: "I authorize it.", ip: null };
    taken(await setUpAutopay({ ctx: ctx(), input: { ...ids, ...wish, ...mandate } }));
  }

  type Terms = { downMinor: bigint; instalments: number; every: "month" | "two_weeks"; firstOn: string };

  async function agreeOnPlan(number: string, terms: Terms): Promise<void> {
    const planId = await offerPlanOf(number, terms);
    const mandate = { methodId: ids.methodId, mandateText: "I agree.", ip: null };
    taken(await acceptPlan({ ctx: ctx(), input: { planId, ...mandate } }));
  }

  async function offerPlanOf(number: string, { firstOn, ...terms }: Terms): Promise<string> {
    const input = {
      ...{ accountId: ids.accountId, invoiceIds: [bills.get(number) ?? ""], ...terms, firstOn: localDate(firstOn) },
      ...{ conversationId: null, countersId: null, note: null, seenVersion: null, idempotencyKey: keyOf("plan") },
    };
    return taken(await offerPlan({ ctx: ctx(), input })).planId;
  }

  async function payOn(number: string, { day, amountMinor }: { day: string; amountMinor: bigint }): Promise<void> {
    const parts = [{ invoiceId: bills.get(number) ?? "", amountMinor }];
    const input = { ...ids, bills: parts, payOn: localDate(day), seenVersion: null, idempotencyKey: keyOf("date") };
    taken(await schedulePayment({ ctx: ctx(), input }));
  }

  async function promise(day: string): Promise<void> {
    const input = { accountId: ids.accountId, promisedOn: localDate(day), note: null };
    taken(await promiseToPay({ ctx: ctx(), input: { ...input, idempotencyKey: keyOf("promise") } }));
  }

  /** What whoever follows the link of a bill's mail finds: `living`, or why it works no more. */
  async function followLink(number: string): Promise<string> {
    const [link] = await t.sql<
      { id: string }[]
    >`select id from pay_links where invoice_id = ${bills.get(number) ?? ""}`;
    const opened = await openPayLink(ctx(), signPayLink(ctx().keyFor, link?.id ?? ""));
    return `link of ${number}: ${opened?.state ?? "unknown"}`;
  }

  const wishStatements = () => wishMonthly({ ctx: ctx(), input: { accountId: ids.accountId, monthly: true } });

  return {
    ...{ code, zone, ids, today, moveIn, bill, payAll, turnAutopayOn, agreeOnPlan, payOn, promise, followLink },
    ...{ wishStatements, offerPlanOf, ...holds({ ctx, ids, bills, keyOf }) },
  };
}

type Holding = {
  ctx: Around["ctx"];
  ids: { accountId: string; disputeId: string };
  bills: ReadonlyMap<string, string>;
  keyOf(what: string): string;
};

/** What keeps money from being asked for: a dispute, until it is denied, and a pause. */
function holds({ ctx, ids, bills, keyOf }: Holding) {
  async function dispute(number: string, amountMinor: bigint): Promise<void> {
    const about = { reason: "wrong_amount" as const, description: "We were away.", lineId: null, fileIds: [] };
    const invoiceId = bills.get(number) ?? "";
    const input = { accountId: ids.accountId, invoiceId, amountMinor, ...about, clientKey: uuidv7() };
    ids.disputeId = taken(await fileDispute({ ctx: ctx(), input })).disputeId;
  }

  async function denyDispute(): Promise<void> {
    const decision = { outcome: "denied" as const, creditKind: "credit_note" as const, amountMinor: null };
    const input = { disputeId: ids.disputeId, ...decision, reason: "Read twice.", idempotencyKey: keyOf("deny") };
    taken(await resolveDispute({ ctx: ctx(), input }));
  }

  async function pause(untilOn: string): Promise<void> {
    const input = { accountId: ids.accountId, invoiceId: null, untilOn: localDate(untilOn), reason: "Ill" };
    taken(await pauseCollections({ ctx: ctx(), input }));
  }

  return { dispute, denyDispute, pause };
}

/** Saves a card of the stand-in's for an account, and says by which method. */
async function save(
  { t, standIn }: Around,
  { code, accountId, saved: { token, expMonth, expYear } }: { code: string; accountId: string; saved: Saved },
): Promise<string> {
  const customer = await standIn.processor.createCustomer({ key: code, accountId, email: null, name: code });
  await t.adminSql`insert into processor_customers (account_id, processor_id) values (${accountId}, ${customer})`;
  const { id: processorId } = await standIn.stripe.paymentMethods.attach(token, { customer });
  await standIn.stripe.paymentMethods.update(processorId, { card: { exp_month: expMonth, exp_year: expYear } });
  const card = { processorId, kind: "card" as const, last4: "4242", brand: "visa", expMonth, expYear };
  const [row] = await t.db
    .insert(paymentMethods)
    .values({ accountId, ...card })
    .returning();
  return row?.id ?? "";
}

/** What a story does is never refused. */
function taken<T>(result: Ok<T> | Refusal): T {
  if (!result.ok) throw new Error(`refused: ${result.reason}`);
  return result.value;
}
