import { and, asc, eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";

import { currency } from "#app/contracts/currency.ts";
import { addDays, type LocalDate, localDate, localDateOf } from "#app/contracts/local-date.ts";
import { type Db } from "#db/client.ts";
import { drafts, invoices, mails, paymentMethods } from "#db/schema/index.ts";
import { createAccounts, touchAccount } from "#server/domains/accounts/index.ts";
import { announceDraft, cancelDraftsOf } from "#server/domains/autopay/index.ts";
import { issueInvoice, placeClaim, releaseClaimsOf } from "#server/domains/invoices/index.ts";
import { acceptPlan, cancelPlan, offerPlan } from "#server/domains/plans/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type Ok, type Refusal } from "#server/platform/result.ts";

const ZONE = "America/New_York";

export type Debtor = { accountId: string; email: string; invoiceId: string };

type Given = { db: Db; at: (day: LocalDate) => Ctx };

/** For tests: people in New York who owe, what holds their bills and gives them back, and what came of it. */
export const testDebtors = (given: Given) => ({ ...owers(given), ...holders(given), ...readers(given) });

function owers({ at }: Given) {
  let place = 0;

  async function owing(dueOn: LocalDate, amount = "100.00"): Promise<Debtor> {
    place += 1;
    const [number, email] = [`L-${String(place)}`, `late-${String(place)}@demo.test`];
    const accounts = [{ number, name: "Lea", email, currency: currency("USD"), zone: ZONE }];
    const { value } = await createAccounts({ ctx: at(dueOn), input: { accounts } });
    const accountId = value[0]?.id ?? "";
    return { accountId, email, invoiceId: await bill(accountId, { dueOn, amount }) };
  }

  async function bill(accountId: string, { dueOn, amount = "100.00" }: { dueOn: LocalDate; amount?: string }) {
    place += 1;
    const issued = await issueInvoice({
      ctx: at(addDays(dueOn, -20)),
      input: {
        ...{ accountId, issuedOn: addDays(dueOn, -20), dueOn, idempotencyKey: `late ${String(place)}` },
        lines: [{ description: "Water", unitPrice: amount }],
      },
    });
    return taken(issued).invoiceId;
  }

  return { owing, bill };
}

/** What keeps a bill from being asked for, and lets it go. */
function holders({ db, at }: Given) {
  type Held = { kind: "dispute" | "plan" | "in_flight"; minor: bigint; day: LocalDate };
  const claimOf = (of: Debtor, { kind, day }: Omit<Held, "minor">) => ({
    ...{ accountId: of.accountId, kind, sourceId: of.invoiceId, occurredOn: day, occurredAt: at(day).now },
  });

  const hold = (of: Debtor, { minor, ...claim }: Held) =>
    db.transaction((tx) =>
      placeClaim(tx, { ...claimOf(of, claim), bills: [{ invoiceId: of.invoiceId, wantedMinor: minor }] }),
    );
  const free = (of: Debtor, claim: Omit<Held, "minor">) =>
    db.transaction((tx) => releaseClaimsOf(tx, { ...claimOf(of, claim), timeline: null }));

  async function saveCard(accountId: string): Promise<string> {
    const card = { kind: "card" as const, last4: "4242", brand: "visa", expMonth: 12, expYear: 2034 };
    const [saved] = await db
      .insert(paymentMethods)
      .values({ accountId, processorId: uuidv7(), ...card })
      .returning();
    return saved?.id ?? "";
  }

  /** Autopay tells that it takes so much of the bill on a day. */
  async function announce(of: Debtor, { minor, on, day }: { minor: bigint; on: string; day: LocalDate }) {
    const methodId = await saveCard(of.accountId);
    return db.transaction((tx) =>
      announceDraft(tx, {
        ...{ accountId: of.accountId, source: "autopay", sourceId: of.invoiceId, methodId, draftOn: localDate(on) },
        ...{ bills: [{ invoiceId: of.invoiceId, announcedMinor: minor }], madeBy: null, at: at(day).now },
      }),
    );
  }

  /** What autopay announced is cancelled, or (`again`) was declined and is tried once more. */
  async function drop(of: Debtor, { again, day }: { again: string | null; day: LocalDate }): Promise<void> {
    await db.transaction(async (tx) => {
      if (again === null) {
        await cancelDraftsOf(
          { ctx: at(day), tx },
          { source: "autopay", sourceId: of.invoiceId, reason: "by_customer" },
        );
        return;
      }
      const tried = { attempts: 1, tryOn: localDate(again), failureCode: "insufficient_funds" };
      await tx.update(drafts).set(tried).where(eq(drafts.sourceId, of.invoiceId));
      await touchAccount(tx, of.accountId);
    });
  }

  async function agreeOnPlan(of: Debtor, { firstOn, day }: { firstOn: string; day: LocalDate }): Promise<string> {
    const terms = { downMinor: 0n, instalments: 2, every: "month" as const, firstOn: localDate(firstOn) };
    const around = { conversationId: null, countersId: null, note: null, seenVersion: null, idempotencyKey: uuidv7() };
    const input = { accountId: of.accountId, invoiceIds: [of.invoiceId], ...terms, ...around };
    const { planId } = taken(await offerPlan({ ctx: at(day), input }));
    const mandate = { methodId: await saveCard(of.accountId), mandateText: "I agree.", ip: null };
    taken(await acceptPlan({ ctx: at(day), input: { planId, ...mandate } }));
    return planId;
  }

  const endPlan = async (planId: string, day: LocalDate) =>
    taken(await cancelPlan({ ctx: at(day), input: { planId, reason: "It broke." } }));

  return { hold, free, saveCard, announce, drop, agreeOnPlan, endPlan };
}

function readers({ db }: Given) {
  const feesOf = (accountId: string) =>
    db
      .select()
      .from(invoices)
      .where(and(eq(invoices.accountId, accountId), eq(invoices.kind, "late_fee")))
      .orderBy(asc(invoices.id));
  const remindersOf = (email: string) =>
    db
      .select()
      .from(mails)
      .where(and(eq(mails.toAddress, email), eq(mails.kind, "reminder")))
      .orderBy(asc(mails.id));

  /** "Mar 21: 500", a fee a line. */
  const feeDays = async ({ accountId }: Debtor) =>
    (await feesOf(accountId)).map((fee) => `${fee.issuedOn.slice(5)}: ${String(fee.totalMinor)}`);
  /** The same of the reminders of the debtor's own bill, those of its fees left out. */
  const reminderDays = async ({ email, invoiceId }: Debtor) => {
    const [own] = await db.select({ number: invoices.number }).from(invoices).where(eq(invoices.id, invoiceId));
    return (await remindersOf(email)).flatMap(({ toldAt, data }) => {
      const { bills } = data as { bills: { number: string; left: { amountMinor: string } }[] };
      const found = bills.find(({ number }) => number === own?.number);
      return found ? [`${localDateOf(toldAt, ZONE).slice(5)}: ${found.left.amountMinor}`] : [];
    });
  };

  /** "03-24: 10500", all that a mail asks for, a mail a line. */
  const mailDays = async ({ email }: Debtor) =>
    (await remindersOf(email)).map(({ toldAt, data }) => {
      const { total } = data as { total: { amountMinor: string } };
      return `${localDateOf(toldAt, ZONE).slice(5)}: ${total.amountMinor}`;
    });

  return { feesOf, remindersOf, feeDays, reminderDays, mailDays };
}

/** What a test does is never refused. */
export function taken<T>(result: Ok<T> | Refusal): T {
  if (!result.ok) throw new Error(`refused: ${result.reason}`);
  return result.value;
}
