import { desc, eq, sql } from "drizzle-orm";

import { addDays, type LocalDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { type Tx } from "#db/client.ts";
import { statements } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { type Account, lockAccount, mailAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { mailMoney } from "#server/domains/notifications/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { ok, type Ok, type Refusal, refuse } from "#server/platform/result.ts";

import { balanceOf } from "./lines.ts";

export type IssueStatement = {
  accountId: string;
  /** Its last day, before today. */
  toOn: LocalDate;
  /** Where the first one begins; later ones begin the day after the one before. */
  firstFromOn: LocalDate;
};

/**
 * Issues the next statement of an account, up to and including a day that is over. Under the account's lock, so that no
 * journal with a smaller number can still arrive: what it says never changes. The same day again answers the same
 * statement. Refuses a day that is not over, or not after the statement before.
 */
export async function issueStatement({
  ctx,
  input: { accountId, toOn, firstFromOn },
}: {
  ctx: Ctx;
  input: IssueStatement;
}): Promise<Ok<{ statementId: string; fresh: boolean }> | Refusal<"not_over" | "before_the_last">> {
  authorize(ctx.actor, "statement.issue", accountId);
  return withTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId);
    const today = todayIn(account.zone, ctx.now);
    if (toOn >= today) return refuse("not_over");
    const [last] = await tx
      .select()
      .from(statements)
      .where(eq(statements.accountId, accountId))
      .orderBy(desc(statements.toOn))
      .limit(1);
    if (last?.toOn === toOn) return ok({ statementId: last.id, fresh: false });
    if (last && last.toOn > toOn) return refuse("before_the_last");
    const [{ number: lastJournal } = { number: "0" }] = await tx.execute<{ number: string }>(sql`
      select coalesce(max(e.journal_number), 0)::text as number from entries e
      join ledger_accounts l on l.id = e.ledger_account_id where l.account_id = ${accountId}`);
    const fromOn = last ? addDays(last.toOn, 1) : firstFromOn;
    const openingMinor = last
      ? last.closingMinor
      : await balanceOf(tx, accountId, sql`j.occurred_on < ${fromOn}::date and j.number <= ${lastJournal}::bigint`);
    const closingMinor = await balanceOf(
      tx,
      accountId,
      sql`j.occurred_on <= ${toOn}::date and j.number <= ${lastJournal}::bigint`,
    );
    const [issued] = await tx
      .insert(statements)
      .values({
        ...{ accountId, fromOn, toOn, currency: account.currency, openingMinor, closingMinor },
        ...{ lastJournal: BigInt(lastJournal), issuedOn: today },
      })
      .returning({ id: statements.id });
    const statementId = issued?.id ?? "";
    if (account.quarantinedAt === null)
      await mailReady(tx, { account, statementId, fromOn, toOn, closingMinor, at: ctx.now });
    return ok({ statementId, fresh: true });
  });
}

type Ready = {
  account: Account;
  statementId: string;
  fromOn: LocalDate;
  toOn: LocalDate;
  closingMinor: bigint;
  at: Date;
};

const mailReady = (tx: Tx, { account, statementId, fromOn, toOn, closingMinor, at }: Ready): Promise<void> =>
  mailAccount(tx, {
    ...{ kind: "statement_ready", account, at, dedupeKey: `statement:${statementId}` },
    data: {
      ...{ accountNumber: account.number, fromOn, toOn, path: "/statements" },
      closing: mailMoney(money(closingMinor, account.currency)),
    },
  });
