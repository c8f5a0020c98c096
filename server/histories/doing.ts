import { type Household, type World } from "./world.ts";

/** Somebody at it: `pick` chooses among what there is, `share` is how much of it, in percent. */
export type Doing = { world: World; home: Household; pick: number; share: number; key: string };

export const one = <T>(items: readonly T[], pick: number): T | undefined => items[pick % Math.max(items.length, 1)];
export const partOf = (minor: bigint, share: number): bigint => (minor * BigInt(share)) / 100n;

/** Of what may be paid, oldest first, up to the amount. */
export async function spread({ world, home }: Doing, amountMinor: bigint) {
  let left = amountMinor;
  const { bills } = await world.payable(home);
  return bills.flatMap(({ invoiceId, payableMinor }) => {
    const part = payableMinor < left ? payableMinor : left;
    left -= part;
    return part > 0n ? [{ invoiceId, amountMinor: part }] : [];
  });
}

export async function amountFor({ world, home, share }: Doing): Promise<bigint> {
  const { bills } = await world.payable(home);
  const due = bills.reduce((sum, bill) => sum + bill.payableMinor, 0n);
  const least = world.amountOf(home, 500).amountMinor;
  const wanted = partOf(due, share);
  const amount = wanted > least ? wanted : least;
  // What the card networks take of three decimals ends in 0.
  return home.currency === "KWD" ? amount - (amount % 10n) : amount;
}
