import { type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { messageRefusal } from "#app/contracts/messages/conversation.ts";
import { requireStaff } from "#app/http/asker.server.ts";
import { deedReply } from "#app/http/deed-reply.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import {
  claimConversation,
  closeConversation,
  getConversation,
  releaseConversation,
  reopenConversation,
  snoozeConversation,
} from "#server/domains/conversations/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";

const schema = z.discriminatedUnion("step", [
  z.object({ step: z.enum(["claim", "release", "snooze", "close", "reopen"]) }),
  z.object({ step: z.literal("take_over"), from: z.uuid() }),
]);
const SNOOZE_HOURS = 20;

/** Claims, takes over, gives back, snoozes, closes or reopens a conversation. */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const sent = schema.safeParse(Object.fromEntries(await readForm(args.request)));
    const number = args.params["number"] ?? "";
    if (!sent.success) throw notFound("step");
    const { id } = await getConversation(ctx, { number });
    const moved = await move(ctx, id, sent.data);
    const back = `/console/c/${encodeURIComponent(number)}`;
    if (moved.ok) return deedReply(args, { reply: { ok: true, message: null }, sentence: null, back });
    const { assigneeName } = await getConversation(ctx, { number });
    const message = messageRefusal({ ...moved, holder: assigneeName });
    return deedReply(args, { reply: { ok: false, message }, status: 409, sentence: message, back });
  });

function move(ctx: Ctx, conversationId: string, sent: z.infer<typeof schema>) {
  const input = { conversationId };
  switch (sent.step) {
    case "claim":
      return claimConversation({ ctx, input });
    case "take_over":
      return claimConversation({ ctx, input: { conversationId, takeOverFrom: sent.from } });
    case "release":
      return releaseConversation({ ctx, input });
    case "snooze":
      return snoozeConversation({
        ctx,
        input: { conversationId, until: new Date(ctx.now.getTime() + SNOOZE_HOURS * 3_600_000) },
      });
    case "close":
      return closeConversation({ ctx, input });
    case "reopen":
      return reopenConversation({ ctx, input });
  }
}
