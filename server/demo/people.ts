import { type Currency } from "#app/contracts/currency.ts";
import { type AccountDraft } from "#server/domains/accounts/index.ts";

import { dice, type Dice } from "./random.ts";

const FIRST = [
  ...["Ava", "Noah", "Mia", "Liam", "Ruth", "Omar", "Ines", "Theo", "Zoë", "Jonah", "Priya", "Mateo", "Leila", "Hugo"],
  ...["Nadia", "Felix", "Grace", "Samuel", "Anouk", "Darius", "Elena", "Tomás", "Yuki", "Amara", "Łukasz", "Siobhán"],
] as const;
const LAST = [
  ...["Hartwell", "Okafor", "Brandt", "Nguyen", "Castillo", "Lindqvist", "Rahman", "Novak", "Whitfield", "Moreau"],
  ...["Petrov", "Adeyemi", "Sørensen", "Yamada", "Delgado", "Fitzgerald", "Kowalczyk", "Abernathy", "Haddad", "Quist"],
] as const;
const FIRMS = [
  ...["Quill & Anchor Books", "Blue Door Bakery", "Marsh Lane Dental", "Old Mill Laundry", "Pinecrest Veterinary"],
  ...["Café Lumière", "Harbor Street Gym", "Tern Island Oysters", "Foxglove Florists", "Riverside Auto Care"],
  ...["Saint Brendan's School", "The Copper Kettle", "Windrow Farm", "Lantern Hotel", "Gull Wing Apartments"],
] as const;
const STREETS = [
  "Alder Street",
  "Quay Road",
  "Mill Lane",
  "Orchard Avenue",
  "Lighthouse Road",
  "Station Street",
] as const;

/** What the demo knows of an account beyond its row: how its household or firm lives and pays. */
export type DemoAccount = AccountDraft & {
  email: string | null;
  firm: boolean;
  /** Day of the month on which its bill is issued. */
  cycleDay: number;
  /** prompt pays before it is due, late after it, owing stopped paying some months ago. */
  pays: "prompt" | "late" | "owing";
  /** Thousands of gallons in a usual month. */
  usage: number;
  /** How many months ago its first bill was issued: the town grows, and people move. */
  since: number;
};

/** How far back the demo's books go. */
export const DEMO_MONTHS = 24;

/** The customer whose account tells a full story, signed in as customer@demo.test. */
export const STORY_NUMBER = "LKW-10001";

/** About 200 accounts of one town. Everybody's address is at `demo.test`, which no mail can reach. */
export function demoAccounts({ count, currency, zone }: { count: number; currency: Currency; zone: string }) {
  const random = dice(20_261_123);
  return Array.from({ length: count }, (_, at): DemoAccount => {
    const number = `LKW-${String(10_001 + at)}`;
    if (at === 0) return { ...describe(random, { at, number, name: "Maya Hartwell", currency, zone }), ...story };
    const firm = random.chance(0.22);
    const name = firm ? firmName(random, at) : `${random.pick(FIRST)} ${random.pick(LAST)}`;
    return describe(random, { at, number, name, currency, zone, firm });
  });
}

const story = {
  email: "customer@demo.test",
  pays: "owing" as const,
  cycleDay: 4,
  usage: 6,
  firm: false,
  since: DEMO_MONTHS,
};

function firmName(random: Dice, at: number): string {
  const name = random.pick(FIRMS);
  return at < FIRMS.length * 4 ? name : `${name} ${random.pick(["East", "North", "Annex", "& Sons"])}`;
}

function describe(
  random: Dice,
  {
    at,
    number,
    name,
    currency,
    zone,
    firm = false,
  }: { at: number; number: string; name: string; currency: Currency; zone: string; firm?: boolean },
): DemoAccount {
  const postalCode = random.pick(["04841", "04843", "04856"]);
  const line1 = `${String(random.whole(1, 240))} ${random.pick(STREETS)}`;
  const temper = random.next();
  return {
    ...{ number, name, currency, zone, firm, postalCode },
    address: { line1, city: "Larkhaven", region: "ME", postalCode, country: "US" },
    // Some accounts have no address on file: their owners claim them through a rep.
    email: random.chance(0.08) ? null : `${mailName(name)}.${String(at + 1)}@demo.test`,
    phone: `+1 207 555 0${String(random.whole(100, 199))}`,
    delivery: random.chance(0.7) ? "electronic" : "paper",
    cycleDay: random.whole(1, 28),
    pays: temper < 0.72 ? "prompt" : temper < 0.91 ? "late" : "owing",
    usage: firm ? random.whole(14, 60) : random.whole(2, 9),
    since: firstBill(dice(20_261_128 + at)),
  };
}

const firstBill = (random: Dice) => (random.chance(0.4) ? DEMO_MONTHS : random.whole(4, DEMO_MONTHS - 6));

const mailName = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[łŁ]/g, "l")
    .replace(/[øØ]/g, "o")
    .toLowerCase()
    .replace(/[^a-z]+/g, ".")
    .replace(/^\.|\.$/g, "");
