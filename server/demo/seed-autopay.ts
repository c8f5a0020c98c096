import { mandateText } from "#app/contracts/messages/autopay.ts";
import { getBusiness, getPolicy } from "#server/domains/business/index.ts";
import { type AutopayRequest, runAutopayDuties, setUpAutopay } from "#server/domains/autopay/index.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { money } from "#app/contracts/money.ts";
import { listSavedMethods } from "#server/domains/payments/index.ts";
import { todayIn } from "#server/domains/business/index.ts";

import { type Planner, saveCard } from "./seed-plans.ts";
import { type DemoTools, must } from "./tools.ts";

type Wish = Pick<AutopayRequest, "amountKind" | "fixedMinor" | "daysBeforeDue">;

const AGREED_HOURS_AGO = 6 * 24;

const WISHES: readonly Wish[] = [
  { amountKind: "statement_balance", fixedMinor: null, daysBeforeDue: 0 },
  { amountKind: "full_balance", fixedMinor: null, daysBeforeDue: 3 },
  { amountKind: "fixed", fixedMinor: 25_00n, daysBeforeDue: 0 },
];

/** One account per kind of autopay, agreed to last week; what each will pay was announced the same day. */
export async function seedAutopay(tools: DemoTools, people: readonly Planner[], zone: string): Promise<void> {
  const today = todayIn(zone, tools.now);
  await Promise.all(
    WISHES.map(async (wish, at) => {
      const person = people[at];
      if (!person) return;
      const { customer, accountId } = person;
      const ctx = tools.as(customer, AGREED_HOURS_AGO);
      const methodId = await saveCard(tools, { ...person, today });
      const [business, account, methods, { body }] = await Promise.all([
        getBusiness(ctx.db),
        getAccount(ctx.db, accountId),
        listSavedMethods(ctx.db, { accountId, now: tools.now }),
        getPolicy(ctx.db, "autopay"),
      ]);
      const text = mandateText({
        ...{ biller: business.name, accountNumber: account.number, noticeDays: body.noticeDays, ...wish },
        fixed: wish.fixedMinor === null ? null : money(wish.fixedMinor, account.currency),
        method: methods.find((method) => method.id === methodId)?.label ?? "",
      });
      const agreed = { accountId, methodId, mandateText: text, ip: "198.51.100.9" };
      must(await setUpAutopay({ ctx, input: { ...wish, ...agreed } }));
    }),
  );
  await runAutopayDuties(tools.as({ kind: "system", name: "demo" }, AGREED_HOURS_AGO));
}
