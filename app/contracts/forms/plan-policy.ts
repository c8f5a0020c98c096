import { z } from "zod";

import { PLAN_POLICY_TEXTS as TEXTS } from "../messages/policies.ts";
import { days, percent, policyAmount, type Reader, saved } from "./policies.ts";

/** The bounds that are plain numbers, with the least and the most of each. */
export const PLAN_POLICY_DAYS = {
  leastInstalments: [1, 120],
  mostInstalments: [1, 120],
  mostDays: [7, 999],
  firstWithinDays: [1, 90],
  graceDays: [0, 60],
  missedAllowed: [0, 12],
  answerWithinDays: [1, 60],
  repMostInstalments: [1, 120],
  promiseWithinDays: [1, 90],
} as const;

const number = (name: keyof typeof PLAN_POLICY_DAYS) => {
  const [least, most] = PLAN_POLICY_DAYS[name];
  return days(least, most);
};

/** The bounds of plans as an admin types them. Fewer at most than at least is refused. */
export function planPolicyForm({ currency, locale }: Reader) {
  const amount = policyAmount(currency, locale);
  return z
    .object({
      ...{ leastInstalments: number("leastInstalments"), mostInstalments: number("mostInstalments") },
      ...{ mostDays: number("mostDays"), firstWithinDays: number("firstWithinDays"), graceDays: number("graceDays") },
      ...{ missedAllowed: number("missedAllowed"), answerWithinDays: number("answerWithinDays") },
      ...{ repMostInstalments: number("repMostInstalments"), promiseWithinDays: number("promiseWithinDays") },
      ...{ leastDown: percent, leastInstalment: amount, repMostTotal: amount, ...saved },
    })
    .refine((form) => form.leastInstalments <= form.mostInstalments, {
      ...{ error: TEXTS.mostBelowLeast, path: ["mostInstalments"] },
    })
    .transform(({ reason, version: expectedVersion, leastDown, leastInstalment, repMostTotal, ...numbers }) => ({
      ...{ kind: "plans" as const, reason, expectedVersion },
      body: {
        ...numbers,
        ...{ leastDownBasisPoints: leastDown, leastInstalmentMinor: leastInstalment ?? 0n },
        repMostTotalMinor: repMostTotal,
      },
    }));
}
