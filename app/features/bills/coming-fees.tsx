import { addMoney } from "#app/contracts/money.ts";
import { Day } from "#app/ui/date.tsx";
import { Money } from "#app/ui/money.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { useLive } from "#app/ui/use-live.ts";
import type { ComingBillFee } from "#server/domains/collections/index.ts";

/** Those that come when it is paid on a day. */
const feesUntil = (fees: readonly ComingBillFee[], on: string) => fees.filter(({ freeUntil }) => on > freeUntil);

/** Their sum, for beside the button that confirms the day: on a phone the list may stand behind it. */
export function ComingFeesSum({ fees, on }: { fees: readonly ComingBillFee[]; on: string }) {
  const [first, ...more] = feesUntil(fees, on).map(({ fee }) => fee);
  if (!first) return null;
  return (
    <p className="w-full text-14 text-ink-2">
      By then <Money value={more.reduce(addMoney, first)} /> in late fees is added.
    </p>
  );
}

/** So many are told apart; the rest is summed up. */
const NAMED = 5;

/**
 * The late fees that paying on a day brings, before it is confirmed. Without script every fee that a day could bring is
 * told: nobody knows yet which day is chosen.
 */
export function ComingFees({ fees, on }: { fees: readonly ComingBillFee[]; on: string }) {
  const live = useLive();
  const told = live && on !== "" ? feesUntil(fees, on) : fees;
  const rest = told.length - NAMED;
  return (
    <div role="status">
      {told.length > 0 ? (
        <Notice tone="waiting">
          <ul className="grid gap-1">
            {told.slice(0, NAMED).map(({ number, freeUntil, fee }) => (
              <li key={`${number} ${freeUntil}`}>
                Bill {number}: paid after <Day date={freeUntil} />, a late fee of <Money value={fee} /> is added.
              </li>
            ))}
            {rest > 0 ? <li>And {rest} more like these.</li> : null}
          </ul>
        </Notice>
      ) : null}
    </div>
  );
}
