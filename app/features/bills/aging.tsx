import { type ReactNode } from "react";

import { type Currency } from "#app/contracts/currency.ts";
import { agingText } from "#app/contracts/messages/statements.ts";
import { money } from "#app/contracts/money.ts";
import { Money } from "#app/ui/money.tsx";
import { Pairs } from "#app/ui/pairs.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { ShareBar } from "#app/ui/share-bar.tsx";
import type { AgingBuckets } from "#server/domains/invoices/index.ts";

const BUCKETS = ["current", "d1_30", "d31_60", "d61_90", "d90plus"] as const;

export type AgingProps = {
  aging: AgingBuckets;
  /** How much of it is in dispute, where that is known. */
  disputed?: bigint;
  /** How much of it a plan covers, where that is known. */
  planned?: bigint;
  currency: Currency;
  title: ReactNode;
};

/** How late what is open is, as a bar and in words: the rows add up to what is open. Nothing open: nothing. */
export function Aging({ aging, disputed = 0n, planned = 0n, currency, title }: AgingProps) {
  const of = (minor: bigint) => <Money value={money(minor, currency)} />;
  const open = BUCKETS.reduce((sum, key) => sum + aging[key], 0n);
  if (open === 0n) return null;
  return (
    <section aria-labelledby="aging" className="max-w-[28rem]">
      <SectionHeader id="aging" title={title} />
      <ShareBar shares={BUCKETS.map((key) => Number(aging[key]))} />
      <Pairs
        pairs={[
          ...BUCKETS.filter((key) => aging[key] > 0n).map((key) => ({ label: agingText(key), value: of(aging[key]) })),
          { label: "Open", value: of(open), total: true },
        ]}
      />
      {disputed > 0n ? <p className="mt-2 text-14 text-ink-2">{of(disputed)} of it is in dispute.</p> : null}
      {planned > 0n ? (
        <p className="mt-2 text-14 text-ink-2">
          {of(planned)} of it is paid by a plan, and not past due while it runs.
        </p>
      ) : null}
    </section>
  );
}
