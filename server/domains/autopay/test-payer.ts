import { eq } from "drizzle-orm";

import { currency } from "#app/contracts/currency.ts";
import { addDays, localDate, type LocalDate } from "#app/contracts/local-date.ts";
import { type Db } from "#db/client.ts";
import { drafts, invoices, mails, paymentMethods, processorCustomers } from "#db/schema/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { issueInvoice } from "#server/domains/invoices/index.ts";
import { processEvent, receiveEvent } from "#server/domains/payments/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type Processor } from "#server/platform/processor.ts";

import { runAutopayDuties } from "./run-duties.ts";
import { type AutopayRequest, setUpAutopay } from "./set-up-autopay.ts";

export const DAY_MS = 86_400_000;

const WISH: Omit<AutopayRequest, "accountId" | "methodId"> = {
  ...{ amountKind: "statement_balance", fixedMinor: null, daysBeforeDue: 0 },
  ...{ mandateText: "I authorize it.", ip: "203.0.113.9" },
};

export type Payer = { accountId: string; email: string; methodId: string };
export type TestPayers = ReturnType<typeof testPayers>;

/** What the tests bring: their database, the stand-in for Stripe, and a context of its time. */
type Given = {
  db: Db;
  standIn: {
    processor: Processor;
    stripe: {
      paymentMethods: {
        attach(id: string, to: { customer: string }): Promise<{ id: string }>;
        update(id: string, to: { card: { exp_month: number; exp_year: number } }): Promise<unknown>;
      };
    };
    now(): Date;
    advance(ms: number): Promise<void>;
    deliveries(): Promise<{ type: string; raw: string; signature: string }[]>;
  };
  ctx: (parts?: Partial<Ctx>) => Ctx;
};

/** For tests of drafts: people with cards of the stand-in's, their bills, and days that pass one after another. */
export function testPayers({ db, standIn, ctx }: Given) {
  let place = 0;

  /** An account in New York, so that its days are not those of UTC, with a saved method. */
  async function payer(token = "pm_card_visa", kind: "card" | "bank_debit" = "card"): Promise<Payer> {
    place += 1;
    const [number, email] = [`A-${String(place)}`, `ada-${String(place)}@demo.test`];
    const zone = "America/New_York";
    const accounts = [{ number, name: "Ada", email, currency: currency("USD"), zone }];
    const { value } = await createAccounts({ ctx: ctx(), input: { accounts } });
    const accountId = value[0]?.id ?? "";
    return { accountId, email, methodId: await save(accountId, token, kind) };
  }

  async function save(accountId: string, token: string, kind: "card" | "bank_debit" = "card"): Promise<string> {
    const asked = { key: `test:${accountId}`, accountId, email: null, name: "Ada" };
    const processorId = await standIn.processor.createCustomer(asked);
    await db.insert(processorCustomers).values({ accountId, processorId }).onConflictDoNothing();
    const [kept] = await db.select().from(processorCustomers).where(eq(processorCustomers.accountId, accountId));
    const attached = await standIn.stripe.paymentMethods.attach(token, { customer: kept?.processorId ?? "" });
    const [method] = await db
      .insert(paymentMethods)
      .values({
        ...{ accountId, processorId: attached.id, kind, last4: "0341", brand: "visa" },
        ...{ expMonth: kind === "card" ? 12 : null, expYear: kind === "card" ? 2034 : null },
      })
      .returning();
    return method?.id ?? "";
  }

  async function bill(accountId: string, { dueOn, amount = "100.00" }: { dueOn: LocalDate; amount?: string }) {
    place += 1;
    const issued = await issueInvoice({
      ctx: ctx(),
      input: {
        ...{ accountId, issuedOn: addDays(dueOn, -20), dueOn, idempotencyKey: `bill ${String(place)}` },
        lines: [{ description: "Water", unitPrice: amount }],
      },
    });
    if (!issued.ok) throw new Error(issued.reason);
    return issued.value.invoiceId;
  }

  async function enrol({ accountId, methodId }: Payer, more: Partial<AutopayRequest> = {}): Promise<string> {
    const done = await setUpAutopay({ ctx: ctx(), input: { ...WISH, accountId, methodId, ...more } });
    if (!done.ok) throw new Error(done.reason);
    return done.value.enrolmentId;
  }

  /** One business day after another, the tick twice on each, with what the processor has to tell in between. */
  async function live(days: number): Promise<void> {
    for (let day = 0; day < days; day += 1) {
      await standIn.advance(DAY_MS);
      await runAutopayDuties(ctx());
      for (const delivery of await standIn.deliveries()) {
        // Lost: what the processor is asked for by itself must do without. Renewals have a test of their own.
        if (delivery.type.startsWith("payment_method.")) continue;
        await receiveEvent({ ctx: ctx(), input: delivery });
        await processEvent(ctx(), (JSON.parse(delivery.raw) as { id: string }).id);
      }
      await runAutopayDuties(ctx());
    }
  }

  const mailsOf = (to: string) => db.select().from(mails).where(eq(mails.toAddress, to)).orderBy(mails.createdAt);
  const mailKinds = async (to: string) => (await mailsOf(to)).map((mail) => mail.kind);
  const openOf = async (invoiceId: string) =>
    (await db.select({ open: invoices.openMinor }).from(invoices).where(eq(invoices.id, invoiceId)))[0]?.open;
  const draftsOf = (accountId: string) =>
    db.select().from(drafts).where(eq(drafts.accountId, accountId)).orderBy(drafts.createdAt);
  const today = (): LocalDate => localDate(standIn.now().toISOString().slice(0, 10));
  const expires = expiring({ db, standIn });
  return { payer, save, expires, bill, enrol, live, mailsOf, mailKinds, openOf, draftsOf, today };
}

/** Lets a card be charged until the end of a month, as its bank has it, and as we know it. */
const expiring =
  ({ db, standIn }: Pick<Given, "db" | "standIn">) =>
  async (methodId: string, bank: LocalDate, known = bank): Promise<void> => {
    const [[bankYear, bankMonth], [expYear, expMonth]] = [monthOf(bank), monthOf(known)];
    const of = eq(paymentMethods.id, methodId);
    const [method] = await db.update(paymentMethods).set({ expMonth, expYear }).where(of).returning();
    const card = { exp_month: bankMonth, exp_year: bankYear };
    await standIn.stripe.paymentMethods.update(method?.processorId ?? "", { card });
  };

const monthOf = (day: LocalDate): [number, number] => [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
