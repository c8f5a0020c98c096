import { planMandate } from "#app/contracts/messages/plans.ts";
import { money, toDecimal } from "#app/contracts/money.ts";
import { type Account } from "#server/domains/accounts/index.ts";
import { getBusiness, getPolicy, todayIn } from "#server/domains/business/index.ts";
import { getAccountMoney, listOpenBills } from "#server/domains/invoices/index.ts";
import { listSavedMethods, payableAfterCredit } from "#server/domains/payments/index.ts";
import { firstDays, type Instalment, leastDown, previewPlan } from "#server/domains/plans/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { formKeyFor } from "./form-key.server.ts";
import { type PlanFormValues, planProblem, readWish } from "./plan-form.server.ts";

/** The methods that a plan can be paid from. */
export const usableMethods = async (ctx: Ctx, accountId: string) =>
  (await listSavedMethods(ctx.db, { accountId, now: ctx.now })).filter((method) => !method.expired);

/** What a form of terms offers: bills with something to pay, the policy's bounds, and where to begin. */
export async function readTermsForm(ctx: Ctx, account: Account) {
  const today = todayIn(account.zone, ctx.now);
  const { currency, id: accountId } = account;
  const [words, open, { body: policy }, { body: autopay }] = await Promise.all([
    getAccountMoney(ctx.db, accountId, today),
    listOpenBills(ctx.db, { accountId, today }),
    getPolicy(ctx.db, "plans"),
    getPolicy(ctx.db, "autopay"),
  ]);
  const bills = payableAfterCredit(open, words.unapplied.amountMinor)
    .filter((bill) => bill.payableMinor > 0n)
    .map(({ invoiceId, number, dueOn, payableMinor }) => ({ id: invoiceId, number, dueOn, payableMinor }));
  const { first, last } = firstDays({ policy, noticeDays: autopay.noticeDays, today });
  const total = bills.reduce((sum, bill) => sum + bill.payableMinor, 0n);
  const down = leastDown(total, { policy, currency });
  const fits = policy.leastInstalmentMinor === 0n ? 3 : Number(total / policy.leastInstalmentMinor);
  const values: PlanFormValues = {
    bills: bills.map((bill) => bill.id),
    instalments: String(Math.max(policy.leastInstalments, Math.min(3, fits, policy.mostInstalments))),
    ...{ every: "month", first, down: down > 0n ? toDecimal(money(down, currency)) : "", method: "", note: "" },
  };
  const bounds = { least: policy.leastInstalments, most: policy.mostInstalments, first, last };
  return {
    bills,
    bounds,
    values,
    currency,
    version: words.version,
    formKey: formKeyFor(accountId),
    toPayNow: words.toPayNow,
  };
}

/** What typed terms come to: their exact schedule, or a sentence per field. */
export async function readPreview(
  ctx: Ctx,
  { account, values, locale }: { account: Account; values: PlanFormValues; locale: string },
) {
  const { currency, id: accountId } = account;
  const read = readWish(values, { accountId, currency, locale });
  if (!read.ok) return read;
  const shown = await previewPlan({ ctx, input: read.wish });
  if (!shown.ok) return { ok: false as const, errors: planProblem(shown, { currency, locale }) };
  return { ok: true as const, wish: read.wish, schedule: shown.value.schedule };
}

/** The mandate for a schedule, in the payer's language. */
export async function mandateFor(
  ctx: Ctx,
  {
    account,
    schedule,
    method,
    locale,
  }: {
    account: Account;
    schedule: readonly Pick<Instalment, "position" | "dueOn" | "amountMinor">[];
    method: string;
    locale: string;
  },
): Promise<string> {
  const [{ name }, { body }] = await Promise.all([getBusiness(ctx.db), getPolicy(ctx.db, "plans")]);
  return planMandate(
    {
      ...{ business: name, method, down: schedule[0]?.position === 0, graceDays: body.graceDays },
      schedule: schedule.map((one) => ({ dueOn: one.dueOn, amount: money(one.amountMinor, account.currency) })),
    },
    locale,
  );
}
