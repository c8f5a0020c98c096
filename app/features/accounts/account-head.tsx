import { type Money as MoneyValue, isZero } from "#app/contracts/money.ts";
import { LiveValue } from "#app/ui/live-value.tsx";
import { Money } from "#app/ui/money.tsx";
import { Status, type Tone } from "#app/ui/status.tsx";
import type { Account } from "#server/domains/accounts/index.ts";
import type { AccountMoney } from "#server/domains/invoices/index.ts";

/** Who the account is, and its money in one line: open first, then what makes it up. */
export function AccountHead({ account, money }: { account: Account; money: AccountMoney }) {
  const { name, number, status, quarantinedAt } = account;
  return (
    <div className="mb-4 flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-20 font-semibold">{name}</h1>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-ink-2">
          <span className="tabular">{number}</span>
          {account.email ? <span>{account.email}</span> : <span>No e-mail on file</span>}
          {status === "closed" ? <Status tone="done">Closed</Status> : null}
          {quarantinedAt ? <Status tone="waiting">Imported, not released</Status> : null}
        </p>
      </div>
      <dl className="flex flex-wrap items-end gap-x-6 gap-y-2">
        <Part label="Past due" value={money.pastDue} tone="overdue" />
        <Part label="In dispute" value={money.inDispute} tone="dispute" />
        <Part label="Under bank review" value={money.underReview} tone="dispute" />
        <Part label="Processing" value={money.processing} tone="waiting" />
        <Part label="Scheduled" value={money.scheduled} tone="waiting" />
        <Part label="Credit" value={money.unapplied} tone="settled" />
        <div className="max-sm:order-first sm:text-right">
          <dt className="text-12 text-ink-3">Open</dt>
          <dd>
            <LiveValue on={String(money.open.amountMinor)}>
              <Money value={money.open} size="title" />
            </LiveValue>
          </dd>
        </div>
      </dl>
    </div>
  );
}

/** Shown only where there is something. */
function Part({ label, value, tone }: { label: string; value: MoneyValue; tone: Tone }) {
  if (isZero(value)) return null;
  return (
    <div className="sm:text-right">
      <dt className="text-12 text-ink-3">{label}</dt>
      <dd className="font-medium">
        <Status tone={tone}>
          <Money value={value} />
        </Status>
      </dd>
    </div>
  );
}
