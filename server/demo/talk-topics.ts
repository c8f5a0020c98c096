/** Minutes after the line before it; a reader who compares times finds people, not a script. */
export type Line = { from: "customer" | "rep" | "note"; body: string; after?: number };

type Topic = { title: string; lines: readonly Line[] };

/** What people write to a water company, and what they are answered. */
export const TOPICS = {
  paper: {
    title: "Paper bills",
    lines: [
      { from: "customer", body: "Can I get my bills by e-mail instead of on paper?" },
      { from: "rep", body: "Of course. From the next one on they come to this address.", after: 4 },
      { from: "customer", body: "Perfect, thanks.", after: 11 },
    ],
  },
  movingIn: {
    title: "Moving in on Friday",
    lines: [
      { from: "customer", body: "We get the keys to 18 Quay Road on Friday. Who turns the water on?" },
      { from: "customer", body: "The seller says it was shut off in September.", after: 2 },
    ],
  },
  high: {
    title: "High bill this month",
    lines: [
      { from: "customer", body: "My bill is almost double what it was in spring. Is the meter right?" },
      {
        from: "rep",
        body: "I see 9.8 thousand gallons against 5.1 in April. Did you fill a pool or water a garden?",
        after: 6,
      },
      { from: "customer", body: "We did put in a vegetable garden. That much, though?", after: 3 },
      { from: "note", body: "Usage has risen for three summers. No leak flag on the meter.", after: 2 },
      {
        from: "rep",
        body: "Three hours of sprinkling a week makes about that. I have asked for a free leak check all the same: somebody calls you by Thursday.",
        after: 3,
      },
    ],
  },
  movingOut: {
    title: "Moving out at the end of the month",
    lines: [
      { from: "customer", body: "We move out on the 30th. What do we have to do?" },
      {
        from: "rep",
        body: "Nothing but tell us the new address: we read the meter that day and send the last bill there.",
        after: 8,
      },
      {
        from: "customer",
        body: "It is 7 Lantern Street, apartment 2, Larkhaven. Do you need it in writing?",
        after: 13,
      },
    ],
  },
  off: {
    title: "Water was off on Tuesday",
    lines: [
      {
        from: "customer",
        body: "There was no water from 7 to noon on Tuesday and nobody told us. I run a bakery.",
      },
      { from: "rep", body: "I am sorry: a main broke on Quay Road. I am giving you a credit for the day.", after: 5 },
    ],
  },
  twice: {
    title: "Paid twice?",
    lines: [
      { from: "customer", body: "My bank shows two payments to you on the same day. Can you check?" },
      {
        from: "rep",
        body: "I see one payment that settled and one that your bank dropped. The second disappears in a day or two.",
        after: 9,
      },
      { from: "customer", body: "It is still there this morning. Could you look once more?", after: 21 },
    ],
  },
  name: {
    title: "Change of name",
    lines: [
      { from: "customer", body: "I got married. How do I change the name on the account?" },
      { from: "rep", body: "Congratulations. Send a photo of the certificate here and I change it today.", after: 7 },
    ],
  },
  refuse: {
    title: "Refuse was not collected",
    lines: [
      { from: "customer", body: "Nobody came on Monday. Is there a new day?" },
      { from: "rep", body: "The truck broke down on your side of the creek. It comes tomorrow before ten.", after: 4 },
      { from: "customer", body: "It came. Thank you.", after: 95 },
    ],
  },
  garden: {
    title: "Sewer charge on a garden meter?",
    lines: [
      {
        from: "customer",
        body: "Since the summer I have a second meter for the garden. Why is there a sewer charge on it? That water never sees a drain.",
      },
      { from: "rep", body: "You are right, it should not. Let me see since when.", after: 5 },
      { from: "note", body: "Garden meter was set up with the house tariff on Jun 12. Tariff team has it.", after: 9 },
      { from: "rep", body: "I have sent it to the people who keep the tariffs. They need until tomorrow.", after: 2 },
    ],
  },
  failed: {
    title: "Payment did not go through",
    lines: [
      {
        from: "customer",
        body: "I tried to pay three times and it says the bank declined. My card works everywhere else.",
      },
      { from: "customer", body: "Is there a late fee if it is not in by tonight?", after: 6 },
    ],
  },
  winter: {
    title: "Spreading the winter bills",
    lines: [
      { from: "customer", body: "My hours were cut. Can I pay this bill in four parts?" },
      { from: "rep", body: "Yes. I can offer four payments, the first on the 1st. Shall I?", after: 5 },
      { from: "customer", body: "Please. Can the first be on the 5th? I am paid on the 4th.", after: 7 },
      { from: "rep", body: "The 5th it is. The offer is on its way to you; accept it when it suits you.", after: 4 },
    ],
  },
  leak: {
    title: "A pipe burst in the cellar",
    lines: [
      { from: "customer", body: "A pipe burst while we were away and ran for days. Is there any help with the bill?" },
      { from: "rep", body: "There is, once a year. Can you send the plumber's invoice?", after: 6 },
      { from: "customer", body: "He comes on Monday. I send it then.", after: 16 },
      { from: "rep", body: "Good. I keep this open and come back to you.", after: 3 },
    ],
  },
  autopay: {
    title: "When is autopay taken?",
    lines: [
      { from: "customer", body: "Does autopay take the money on the due date or before?" },
      { from: "rep", body: "On the due date, and you hear from us five days before, with the amount.", after: 3 },
      { from: "customer", body: "Good to know.", after: 8 },
    ],
  },
} as const satisfies Record<string, Topic>;

export type TopicName = keyof typeof TOPICS;
