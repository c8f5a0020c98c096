import { randomUUID } from "node:crypto";

import { type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { CREDIT_REASONS } from "#app/contracts/credit-command.ts";
import { amountRefusalText } from "#app/contracts/messages/amounts.ts";
import { type Money } from "#app/contracts/money.ts";
import { parseAmount } from "#app/contracts/parse-amount.ts";
import { type CreditReply } from "#app/features/console/credit-form.tsx";
import { type PreviewShown } from "#app/features/console/credit-preview.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { deedReply } from "#app/http/deed-reply.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { givingSentence } from "#app/http/giving.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { applyCredit, type CreditPreview, previewCredit } from "#server/domains/adjustments/index.ts";
import { getConversation } from "#server/domains/conversations/index.ts";

const schema = z.object({
  key: z.uuid(),
  version: z.coerce.number().int(),
  amount: z.string(),
  kind: z.enum(["goodwill", "credit_note"]),
  reason: z.enum(CREDIT_REASONS),
  bill: z.union([z.literal(""), z.uuid()]),
  note: z.string().max(500).default(""),
});

/** Gives a credit from a thread; with `?preview` says what it would change and gives nothing. */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, staff } = await requireStaff(args);
    const number = args.params["number"] ?? "";
    const conversation = await getConversation({ db: ctx.db, actor: ctx.actor }, { number });
    const isPreview = new URL(args.request.url).searchParams.has("preview");
    const refuse = refusing(args, number);
    const sent = schema.safeParse(Object.fromEntries(await readForm(args.request)));
    if (!sent.success) return refuse({ form: "This form was not complete. Fill it in again." });
    const { key, version, kind, reason, bill, note, amount: text } = sent.data;
    const { id: accountId, currency } = await getAccount(ctx.db, conversation.accountId);
    const { locale, loginId } = staff;
    const parsed = parseAmount(text, currency, locale);
    if (!parsed.ok) {
      const sentence = amountRefusalText(parsed, locale);
      if (isPreview) return show(args, { ok: false, message: parsed.reason === "empty" ? null : sentence });
      return refuse({ amount: sentence }, { readings: parsed.reason === "ambiguous" ? [...parsed.readings] : [] });
    }
    const input = { accountId, kind, amount: parsed.value, reason, note: note.trim() || null, invoiceId: bill || null };
    if (isPreview) {
      const shown = await previewCredit({ ctx, input });
      if (!shown.ok) return show(args, { ok: false, message: givingSentence(shown, { currency, locale }) });
      return show(args, { ok: true, rows: rowsOf(shown.value) });
    }
    const given = await applyCredit({
      ctx,
      input: {
        ...{ ...input, conversationId: conversation.id, seenVersion: version },
        idempotencyKey: `credit:${loginId}:${key}`,
      },
    });
    if (!given.ok) return refuse({ form: givingSentence(given, { currency, locale }) });
    const reply: CreditReply = { ok: true, number: given.value.number };
    return deedReply(args, { reply, sentence: null, back: threadPath(number) });
  });

const threadPath = (number: string): string => `/console/c/${encodeURIComponent(number)}`;

/** Only the page's script asks for it. */
const show = (args: ActionFunctionArgs, reply: PreviewShown) =>
  deedReply(args, { reply, sentence: null, back: threadPath(args.params["number"] ?? "") });

/** Nothing was given, so the next try is an attempt of its own. */
const refusing =
  (args: ActionFunctionArgs, number: string) =>
  (errors: Record<string, string>, { readings = [] }: { readings?: Money[] } = {}) => {
    const reply: CreditReply = { ok: false, errors, formKey: randomUUID(), readings };
    const sentence = Object.values(errors).join(" ");
    return deedReply(args, { reply, status: 422, sentence, back: threadPath(number) });
  };

const rowsOf = ({ before, after }: CreditPreview) => [
  { label: "To pay now", before: before.toPayNow, after: after.toPayNow },
  { label: "Open", before: before.open, after: after.open },
  { label: "Past due", before: before.pastDue, after: after.pastDue },
  { label: "In dispute", before: before.inDispute, after: after.inDispute },
  { label: "Credit", before: before.unapplied, after: after.unapplied },
];
