import { v7 as uuidv7 } from "uuid";

import { money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { type ActionKind, credits } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { creditBill, type Step, takeBackCredit, writeOff } from "#server/domains/invoices/index.ts";
import { postJournals, startAction } from "#server/domains/ledger/index.ts";
import { recordImportedPayments } from "#server/domains/payments/index.ts";

import { type Doing, one, partOf } from "./doing.ts";

/**
 * Rows of the books that no page gives yet: done on the sub-ledger in one transaction, as their command will do them.
 * A row that gets its command gets its deed over it.
 */
async function acting(
  { world, home, key }: Doing,
  { kind, amountMinor }: { kind: ActionKind; amountMinor: bigint },
  write: (tx: Tx, step: Step) => Promise<unknown>,
): Promise<void> {
  const { accountId, currency } = home;
  const occurredOn = world.today();
  await withTransaction(world.t.db, async (tx) => {
    const started = await startAction(tx, {
      ...{ kind, state: "done", accountId, amount: money(amountMinor, currency), makerLoginId: null },
      ...{ idempotencyKey: key, input: key, occurredOn },
    });
    if (started.ok && started.fresh) {
      await write(tx, { actionId: started.action.id, occurredOn, occurredAt: world.standIn.now() });
    }
  });
}

export async function writeOffBill(doing: Doing): Promise<void> {
  const { world, home, pick, share } = doing;
  const bills = (await world.payable(home)).bills.filter(({ payableMinor }) => payableMinor > 0n);
  const bill = one(bills, pick);
  if (!bill) return;
  const { invoiceId, payableMinor } = bill;
  const amountMinor = share >= 100 ? payableMinor : partOf(payableMinor, share);
  if (amountMinor <= 0n) return;
  await acting(doing, { kind: "write_off", amountMinor }, (tx, step) =>
    writeOff(tx, { step, accountId: home.accountId, invoiceId, amountMinor, bearer: "bad_debt" }),
  );
}

/** Money for a bill that nobody hoped for any more, with what else is open of it. */
export async function payWrittenOff({ world, home, pick, key }: Doing): Promise<void> {
  const rows = await world.t.sql<{ id: string; stands: string }[]>`
    select id, open_minor + written_off_minor as stands from invoices
    where account_id = ${home.accountId} and written_off_minor > 0 order by id`;
  const bill = one(rows, pick);
  if (!bill) return;
  const amount = money(BigInt(bill.stands), home.currency);
  const paid = { accountId: home.accountId, invoiceId: bill.id, amount, paidOn: world.today(), key };
  await withTransaction(world.t.db, (tx) => recordImportedPayments(tx, [paid]));
}

/** While a dispute is looked into: what is credited already is no longer in question. */
export async function creditProvisionally(doing: Doing): Promise<void> {
  const { world, home, pick, share } = doing;
  const rows = await world.t.sql<{ id: string; bill: string; wanted: string }[]>`
    select d.id, d.invoice_id as bill, c.wanted_minor as wanted from disputes d
    join claims c on c.source_id = d.id and c.kind = 'dispute' and c.released_at is null
    where d.account_id = ${home.accountId} and c.wanted_minor > 0 order by d.id`;
  const dispute = one(rows, pick);
  if (!dispute) return;
  const { accountId, currency } = home;
  const wanted = BigInt(dispute.wanted);
  const amountMinor = share >= 100 ? wanted : partOf(wanted, share);
  if (amountMinor <= 0n) return;
  const creditId = uuidv7();
  await acting(doing, { kind: "provisional_credit", amountMinor }, async (tx, step) => {
    const given = await creditBill(tx, {
      ...{ step, accountId, invoiceId: dispute.bill, creditId, amountMinor, restKind: "goodwill" },
      journal: "provisional_credit",
      debits: [{ account: "allowance_provisional", amountMinor }],
      claim: { disputeId: dispute.id, wantedMinor: wanted - amountMinor },
    });
    await tx.insert(credits).values({
      ...{ id: creditId, accountId, number: `PRV-${creditId}`, invoiceId: dispute.bill, actionId: step.actionId },
      ...{ kind: "provisional", reason: "dispute", amountMinor, onInvoiceMinor: given.onInvoiceMinor, currency },
      ...{ disputeId: dispute.id, occurredOn: step.occurredOn },
    });
  });
}

/** A provisional credit is settled once: it stands, borne by what caused it, or it is owed again. */
export async function settleProvisional(doing: Doing): Promise<void> {
  const { world, home, pick, share } = doing;
  const rows = await world.t.sql<{ id: string; bill: string; amount: string }[]>`
    select c.id, c.invoice_id as bill, c.amount_minor as amount from credits c
    where c.account_id = ${home.accountId} and c.kind = 'provisional'
      and not exists (select 1 from money_actions m where m.idempotency_key = 'settle ' || c.id) order by c.id`;
  const credit = one(rows, pick);
  if (!credit) return;
  const { accountId, currency } = home;
  const amountMinor = BigInt(credit.amount);
  const own = { ...doing, key: `settle ${credit.id}` };
  await acting(own, { kind: "resolve_dispute", amountMinor }, async (tx, step) => {
    if (share % 2 === 0) {
      const entries = [
        { account: "allowance_billing_error" as const, amountMinor },
        { account: "allowance_provisional" as const, amountMinor: -amountMinor },
      ];
      return postJournals(tx, [{ ...step, kind: "provisional_confirmed", currency, entries }]);
    }
    const of = { accountId, invoiceId: credit.bill, creditId: credit.id, amountMinor, restKind: "goodwill" as const };
    return takeBackCredit(tx, { ...of, step, journal: "provisional_reversed", account: "allowance_provisional" });
  });
}
