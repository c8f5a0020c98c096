export type Place = { to: string; label: string };
export type Goal = { to: string; label: string; note: string };

const MOST_ACCOUNTS = 8;

/** Where a few letters can lead: what bears that very number first, then places, then accounts that were found. */
export function goalsFor({
  query,
  places,
  accounts,
}: {
  query: string;
  places: readonly Place[];
  accounts: readonly { number: string; name: string }[];
}): Goal[] {
  const asked = query.trim().toLowerCase();
  const named = places.filter(({ label }) => label.toLowerCase().includes(asked));
  return [
    ...byNumber(asked),
    ...named.map((place) => ({ ...place, note: "Page" })),
    ...accounts.slice(0, MOST_ACCOUNTS).map(({ number, name }) => ({
      ...{ to: `/console/accounts/${encodeURIComponent(number)}`, label: name, note: number },
    })),
  ];
}

function byNumber(asked: string): Goal[] {
  const number = asked.toUpperCase();
  if (/^C-\d+$/.test(number)) return [{ to: `/console/c/${number}`, label: number, note: "Conversation" }];
  if (/^DSP-\d+$/.test(number)) return [{ to: `/console/disputes/${number}`, label: number, note: "Dispute" }];
  return [];
}
