import { CREDIT_SOURCE_WORDS } from "#app/contracts/messages/credits.ts";
import { isZero, money as moneyOf } from "#app/contracts/money.ts";
import { Money } from "#app/ui/money.tsx";
import { type Pair, Pairs } from "#app/ui/pairs.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import type { AccountMoney } from "#server/domains/invoices/index.ts";

/** Open credit, where it came from, and that it goes first. Nothing at all when there is none. */
export function CreditWords({ money }: { money: AccountMoney }) {
  if (isZero(money.unapplied)) return null;
  const bySource = new Map<keyof typeof CREDIT_SOURCE_WORDS, bigint>();
  for (const { kind, leftMinor } of money.openCredits) bySource.set(kind, (bySource.get(kind) ?? 0n) + leftMinor);
  const pairs: Pair[] = [...bySource].map(([kind, minor]) => ({
    label: sentenceCase(CREDIT_SOURCE_WORDS[kind]),
    value: <Money value={moneyOf(minor, money.currency)} />,
  }));
  return (
    <section aria-labelledby="credit">
      <SectionHeader id="credit" title="Credit" action={<Money value={money.unapplied} />} />
      {pairs.length > 1 ? <Pairs pairs={pairs} /> : null}
      <p className="mt-1 text-14 text-ink-2">
        {isZero(money.payable)
          ? "It is used first on your next bill, before anything is asked of you."
          : "It is used first, on the bill that is due first. The amount to pay now already counts it."}
      </p>
    </section>
  );
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
