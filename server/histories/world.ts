import { currency, type Currency } from "#app/contracts/currency.ts";
import { addDays, type LocalDate, localDateOf } from "#app/contracts/local-date.ts";
import { money, type Money } from "#app/contracts/money.ts";
import { paymentMethods } from "#db/schema/index.ts";
import { type TestDatabase } from "#db/testing/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { runAutopayDuties, subscribeAutopay } from "#server/domains/autopay/index.ts";
import { getPolicy, type Policy, type PolicyKind, savePolicy } from "#server/domains/business/index.ts";
import { runCollectionDuties } from "#server/domains/collections/index.ts";
import { closeDecidedDisputes } from "#server/domains/disputes/index.ts";
import { issueInvoice } from "#server/domains/invoices/index.ts";
import { getPayPlan, processEvent, receiveEvent, sweepPayments, sweepRefunds } from "#server/domains/payments/index.ts";
import { runPlanDuties, subscribePlans } from "#server/domains/plans/index.ts";
import { runStatementDuties } from "#server/domains/statements/index.ts";
import { createRelay } from "#server/events/relay.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { type StandIn } from "#server/testing/stand-in.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

const DAY_MS = 86_400_000;
const ZONE = "America/New_York";

/** An account that lives through a history, with what was done on it so far. */
export type Household = {
  accountId: string;
  currency: Currency;
  methodId: string;
  payments: string[];
  hands: string[];
};

export type World = Clockwork & ReturnType<typeof householdsIn>;

export function makeWorld(t: TestDatabase, standIn: StandIn): World {
  const clockwork = makeClockwork(t, standIn);
  return { ...clockwork, ...householdsIn(clockwork) };
}

type Clockwork = ReturnType<typeof makeClockwork>;

/** What the running server does around its commands, without a server: the tick, the relay, the processor's news. */
function makeClockwork(t: TestDatabase, standIn: StandIn) {
  let place = 0;
  let feesComeBack = false;
  /** Some processors give a chargeback's fee back when it is won; the stand-in, like most, keeps it. */
  const processor: Ctx["processor"] = {
    ...standIn.processor,
    getDispute: async (id) => {
      const facts = await standIn.processor.getDispute(id);
      const [fee] = facts.fees;
      if (!feesComeBack || !facts.reinstated || fee === undefined) return facts;
      return { ...facts, fees: [...facts.fees, { amountMinor: -fee.amountMinor, source: `${fee.source} back` }] };
    },
  };
  const ctx = (): Ctx => testCtx(t.db, { processor, now: standIn.now() });
  const failures: unknown[] = [];
  const log = { info: () => undefined, warn: () => undefined, error: (what: object) => void failures.push(what) };
  const relay = createRelay({ db: t.db, log });
  subscribeAutopay(relay, ctx);
  subscribePlans(relay, ctx);
  const nextKey = (what: string) => `${what} ${String((place += 1))}`;
  const today = (): LocalDate => localDateOf(standIn.now(), ZONE);

  /** A policy as somebody would change it on its page. */
  async function setPolicy<K extends PolicyKind>(kind: K, changes: Partial<Policy<K>>): Promise<void> {
    const { body, version: expectedVersion } = await getPolicy(t.db, kind);
    const input = { kind, body: { ...body, ...changes }, reason: "Histories", expectedVersion };
    const saved = await savePolicy({ ctx: ctx(), input });
    if (!saved.ok) throw new Error(saved.reason);
  }

  const returnFees = (comeBack: boolean): void => void (feesComeBack = comeBack);

  const payable = (home: Household) => getPayPlan(t.db, { accountId: home.accountId, today: today() });

  /** Everything that the processor has to say, told to the end; each thing twice where that is asked. */
  async function listen(twice = false): Promise<void> {
    for (const delivery of await standIn.deliveries()) {
      const { id } = JSON.parse(delivery.raw) as { id: string };
      for (const again of twice ? [1, 2] : [1]) {
        await receiveEvent({ ctx: ctx(), input: delivery });
        if (again > 0) await processEvent(ctx(), id);
      }
    }
    await relay.drain();
  }

  /** Days go by, with the tick and the processor's news on each. */
  async function live(days: number): Promise<void> {
    for (let day = 0; day < days; day += 1) {
      await standIn.advance(DAY_MS);
      await sweepPayments(ctx());
      await sweepRefunds(ctx());
      await closeDecidedDisputes(ctx());
      await runAutopayDuties(ctx());
      await runPlanDuties(ctx());
      await runCollectionDuties(ctx());
      await runStatementDuties(ctx());
      await listen();
    }
  }

  return { t, standIn, ctx, failures, nextKey, today, setPolicy, returnFees, payable, listen, live };
}

/** Who lives there, and what is billed to them. */
function householdsIn({ t, standIn, ctx, nextKey, today }: Clockwork) {
  async function household(code: string): Promise<Household> {
    const email = `${nextKey("h").replace(" ", "")}@example.com`;
    const account = { number: nextKey("H"), name: "Ada", email, currency: currency(code), zone: ZONE };
    const { value } = await createAccounts({ ctx: ctx(), input: { accounts: [account] } });
    const accountId = value[0]?.id ?? "";
    return { accountId, currency: account.currency, methodId: await saveCard(accountId), payments: [], hands: [] };
  }

  async function saveCard(accountId: string): Promise<string> {
    const key = `history:${accountId}`;
    const customer = await standIn.processor.createCustomer({ key, accountId, email: null, name: "Ada" });
    await t.adminSql`insert into processor_customers (account_id, processor_id) values (${accountId}, ${customer})`;
    const { id: processorId } = await standIn.stripe.paymentMethods.attach("pm_card_visa", { customer });
    const card = { processorId, kind: "card" as const, last4: "4242", brand: "visa", expMonth: 12, expYear: 2034 };
    const [method] = await t.db
      .insert(paymentMethods)
      .values({ accountId, ...card })
      .returning();
    return method?.id ?? "";
  }

  /** An amount in the units people say it in, on the grid of the currency's exponent. */
  const amountOf = ({ currency: code }: Household, cents: number): Money => {
    const byCode: Record<string, bigint> = { JPY: BigInt(cents), KWD: BigInt(cents) * 100n };
    return money(byCode[code] ?? BigInt(cents), code);
  };

  async function issueBill(home: Household, { cents, key }: { cents: number; key: string }): Promise<void> {
    const { accountId, currency: code } = home;
    const { amountMinor } = amountOf(home, cents);
    const digits = { JPY: 0, KWD: 3 }[String(code)] ?? 2;
    const unitPrice = (Number(amountMinor) / 10 ** digits).toFixed(digits);
    await issueInvoice({
      ctx: ctx(),
      input: {
        ...{ accountId, issuedOn: addDays(today(), -20), dueOn: addDays(today(), -1), idempotencyKey: key },
        lines: [
          { description: "Water", unitPrice, taxMinor: amountMinor / 20n },
          { description: "Standing charge", unitPrice },
        ],
      },
    });
  }

  return { household, amountOf, issueBill };
}
