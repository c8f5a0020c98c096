import { randomUUID } from "node:crypto";

import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { type Currency } from "#app/contracts/currency.ts";
import { amountRefusalText } from "#app/contracts/messages/amounts.ts";
import { fileRefusalText } from "#app/contracts/messages/dispute-refusals.ts";
import { money } from "#app/contracts/money.ts";
import { parseAmount } from "#app/contracts/parse-amount.ts";
import { billRow } from "#app/features/bills/bill-row.ts";
import { BillTable } from "#app/features/bills/bill-table.tsx";
import { disputeKeptAs } from "#app/features/disputes/dispute-kept-as.ts";
import { FileForm, type FileReply } from "#app/features/disputes/file-form.tsx";
import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { filesOf, readUploadForm, storeFiles, textsOf } from "#app/http/uploads.server.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Money } from "#app/ui/money.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { fileDispute, type FileRefusal, MAX_DISPUTE_FILES } from "#server/domains/disputes/index.ts";
import { getBill, listBills } from "#server/domains/invoices/index.ts";

export const meta = () => [{ title: "New dispute" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, customer } = await requireAccount(args);
    const number = new URL(args.request.url).searchParams.get("bill");
    const today = todayIn(account.zone, ctx.now);
    const accountId = account.id;
    if (number === null) {
      const { items } = await listBills(ctx.db, { accountId, today, limit: 12 });
      return { bill: null, bills: items.map(billRow), clientKey: "", keptAs: "" };
    }
    const bill = await getBill(ctx.db, { accountId, number, today });
    return { bill, bills: [], clientKey: randomUUID(), keptAs: disputeKeptAs(customer.loginId, bill.number) };
  });

const schema = z.object({
  clientKey: z.uuid(),
  reason: z.enum([
    "charged_twice",
    "wrong_amount",
    "not_received",
    "not_mine",
    "quality",
    "already_paid",
    "canceled",
    "other",
  ]),
  extent: z.enum(["all", "line", "amount"]),
  line: z.union([z.uuid(), z.literal("")]).default(""),
  amount: z.string().default(""),
  description: z.string().default(""),
});

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, customer, account } = await requireAccount(args);
    const number = new URL(args.request.url).searchParams.get("bill") ?? "";
    const bill = await getBill(ctx.db, { accountId: account.id, number, today: todayIn(account.zone, ctx.now) });
    const tooMany = fileRefusalText({ reason: "too_many_files", max: MAX_DISPUTE_FILES }, customer.locale).text;
    const form = await readUploadForm(args.request, { maxFiles: MAX_DISPUTE_FILES, tooMany });
    if (typeof form === "string") return refuse({}, { files: form });
    const values = textsOf(form);
    const stored = await storeFiles(ctx, account.id, filesOf(form, "files"));
    const files = [...keptOf(form), ...stored.files];
    const keep = (errors: Record<string, string>) => refuse(values, errors, files);
    if (!stored.ok) return keep({ files: stored.sentence });
    const sent = schema.safeParse(values);
    if (!sent.success) return keep({ form: "This form was not complete. Look at each question again." });
    const { clientKey, reason, extent, line, amount: text, description } = sent.data;
    if (extent === "line" && line === "") return keep({ line: "Choose the line that is wrong." });
    const parsed = extent === "amount" ? parseAmount(text, account.currency, customer.locale) : null;
    if (parsed && !parsed.ok) return keep({ amount: amountRefusalText(parsed, customer.locale) });
    const filed = await fileDispute({
      ctx,
      input: {
        ...{ accountId: account.id, invoiceId: bill.id, reason, description, clientKey },
        lineId: extent === "line" && line !== "" ? line : null,
        amountMinor: parsed?.value.amountMinor ?? null,
        fileIds: files.map((file) => file.id),
      },
    });
    if (filed.ok) return redirect(`/disputes/${filed.value.number}`, 303);
    const { field, text: sentence } = fileRefusalText(factsOf(filed, account.currency), customer.locale);
    return keep({ [field]: sentence });
  });

const refuse = (values: Record<string, string>, errors: Record<string, string>, files: FileReply["files"] = []) =>
  data<FileReply>({ values, errors, files }, { status: 422 });

/** Files of an earlier try, as the form brings them back: `<id> <name>`. Whose they are, the domain checks. */
const keptOf = (form: FormData): FileReply["files"] =>
  form.getAll("kept").flatMap((kept) => {
    const [, id = "", name = ""] = /^([0-9a-f-]{36}) (.*)$/s.exec(String(kept)) ?? [];
    return id === "" ? [] : [{ id, name }];
  });

const factsOf = (refusal: FileRefusal, currency: Currency) =>
  refusal.reason === "above_most" ? { reason: refusal.reason, most: money(refusal.mostMinor, currency) } : refusal;

export default function NewDisputePage() {
  const { bill, bills, clientKey, keptAs } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  if (bill === null) {
    return (
      <>
        <PageHeader title="New dispute" lead="Which bill is it about?" />
        {bills.length > 0 ? (
          <BillTable
            bills={bills}
            caption="Bills"
            show="total"
            pathOf={(number) => `/disputes/new?bill=${encodeURIComponent(number)}`}
          />
        ) : (
          <EmptyState title="There is no bill yet">
            A dispute is about a bill. Message us about anything else.
          </EmptyState>
        )}
      </>
    );
  }
  const most = money(bill.totalMinor - bill.creditedMinor - bill.heldMinor.dispute, bill.currency);
  return (
    <>
      <PageHeader
        title={`Dispute bill ${bill.number}`}
        lead={
          <>
            The bill is <Money value={money(bill.totalMinor, bill.currency)} />. What you question is not asked for
            until we have looked at it.
          </>
        }
      />
      <FileForm {...{ most, clientKey, keptAs, reply }} lines={bill.lines} />
    </>
  );
}
