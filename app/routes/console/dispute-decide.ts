import { randomUUID } from "node:crypto";

import { type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { amountRefusalText } from "#app/contracts/messages/amounts.ts";
import { parseAmount } from "#app/contracts/parse-amount.ts";
import { type DecisionReply } from "#app/features/disputes/decision-form.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { deedReply } from "#app/http/deed-reply.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { givingSentence } from "#app/http/giving.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getDispute, resolveDispute } from "#server/domains/disputes/index.ts";

const schema = z.object({
  key: z.uuid(),
  version: z.coerce.number().int(),
  outcome: z.enum(["for_customer", "partially", "denied"]),
  creditKind: z.enum(["credit_note", "goodwill"]).default("credit_note"),
  amount: z.string().default(""),
  reason: z.string().max(2_000).default(""),
});

/** Decides a case; what is given follows as a credit in the same step. */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, staff } = await requireStaff(args);
    const dispute = await getDispute(ctx.db, args.params["number"] ?? "", todayIn("UTC", ctx.now));
    const back = `/console/c/${encodeURIComponent(dispute.conversationNumber ?? "")}`;
    const refuse = refusing(args, back);
    const sent = schema.safeParse(Object.fromEntries(await readForm(args.request)));
    if (!sent.success) return refuse({ form: "This form was not complete. Fill it in again." });
    const { key, version, outcome, creditKind, amount: text, reason } = sent.data;
    const { currency } = dispute.amount;
    const { locale, loginId } = staff;
    const parsed = outcome === "partially" ? parseAmount(text, currency, locale) : null;
    if (parsed && !parsed.ok) return refuse({ amount: amountRefusalText(parsed, locale) });
    const decided = await resolveDispute({
      ctx,
      input: {
        ...{ disputeId: dispute.id, outcome, creditKind, reason, seenVersion: version },
        ...{ amountMinor: parsed?.value.amountMinor ?? null, idempotencyKey: `decide:${loginId}:${key}` },
      },
    });
    if (!decided.ok) {
      const field =
        decided.reason === "reason_needed" ? "reason" : decided.reason === "amount_out_of_range" ? "amount" : "form";
      return refuse({ [field]: givingSentence(decided, { currency, locale }) });
    }
    const reply: DecisionReply = { ok: true, errors: {}, formKey: null };
    return deedReply(args, { reply, sentence: null, back });
  });

const refusing = (args: ActionFunctionArgs, back: string) => (errors: Record<string, string>) => {
  const reply: DecisionReply = { ok: false, errors, formKey: randomUUID() };
  return deedReply(args, { reply, status: 422, sentence: Object.values(errors).join(" "), back });
};
