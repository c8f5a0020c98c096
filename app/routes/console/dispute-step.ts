import { type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { requireStaff } from "#app/http/asker.server.ts";
import { deedReply } from "#app/http/deed-reply.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { todayIn } from "#server/domains/business/index.ts";
import { getDispute, takeDisputeStep } from "#server/domains/disputes/index.ts";
import { notFound } from "#server/platform/faults.ts";

const schema = z.object({
  step: z.enum(["acknowledge", "investigate", "ask_customer", "reopen"]),
  note: z.string().max(1_000).default(""),
});

const SENTENCES = {
  note_needed: "Write the question that the customer shall answer.",
  not_in_state: "The case has moved on meanwhile. Look at it again.",
  nothing_left: "Nothing of the bill is left in question: credits or another dispute have it.",
  too_late: "This case was closed too long ago to be opened again.",
};

/** Moves a case by one of the staff's steps. */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const dispute = await getDispute(ctx.db, args.params["number"] ?? "", todayIn("UTC", ctx.now));
    const sent = schema.safeParse(Object.fromEntries(await readForm(args.request)));
    if (!sent.success) throw notFound("step");
    const { step, note } = sent.data;
    const taken = await takeDisputeStep({ ctx, input: { disputeId: dispute.id, step, note: note || null } });
    const back = `/console/c/${encodeURIComponent(dispute.conversationNumber ?? "")}`;
    const message = taken.ok ? null : SENTENCES[taken.reason];
    return deedReply(args, {
      ...{ reply: { ok: taken.ok, message }, sentence: message, back },
      status: taken.ok ? 200 : 422,
    });
  });
