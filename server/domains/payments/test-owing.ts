import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { issueInvoice } from "#server/domains/invoices/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

/** For tests: a new account in UTC under this number, with one bill of 100.00, due on November 22, 2026. */
export async function oweHundred(
  ctx: Ctx,
  { number, email = null }: { number: string; email?: string | null },
): Promise<{ accountId: string; invoiceId: string }> {
  const accounts = [{ number, name: "Ada", email, currency: currency("USD"), zone: "UTC" }];
  const { value } = await createAccounts({ ctx, input: { accounts } });
  const accountId = value[0]?.id ?? "";
  const dates = { issuedOn: localDate("2026-11-01"), dueOn: localDate("2026-11-22") };
  const lines = [{ description: "Water", unitPrice: "100.00" }];
  const issued = await issueInvoice({ ctx, input: { accountId, ...dates, lines, idempotencyKey: `bill ${number}` } });
  if (!issued.ok) throw new Error(issued.reason);
  return { accountId, invoiceId: issued.value.invoiceId };
}
