import { type ActionFunctionArgs, data, redirect } from "@remix-run/node";
import { z } from "zod";

import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
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

const schema = z.object({ step: z.enum(["claim", "release", "snooze", "close", "reopen"]) });
const SNOOZE_HOURS = 20;

const SENTENCES: Readonly<Record<string, string>> = {
  taken: "A colleague has claimed this conversation meanwhile.",
  wrong_state: "The conversation has moved on meanwhile. Look at it again.",
  not_in_future: "That time has passed.",
};

/** Claims, gives back, snoozes, closes or reopens a conversation. */
export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const sent = schema.safeParse(Object.fromEntries(await args.request.formData()));
    const number = args.params["number"] ?? "";
    if (!sent.success) throw notFound("step");
    const conversation = await getConversation({ db: ctx.db, actor: ctx.actor }, { number });
    const moved = await move(ctx, { conversationId: conversation.id, step: sent.data.step });
    if (!moved.ok) return data({ ok: false, message: SENTENCES[moved.reason] ?? null }, { status: 409 });
    const scripted = args.request.headers.get("Sec-Fetch-Dest") === "empty";
    return scripted ? data({ ok: true, message: null }) : redirect(`/console/c/${number}`, 303);
  });

type Moving = { conversationId: string; step: z.infer<typeof schema>["step"] };

function move(ctx: Ctx, { conversationId, step }: Moving) {
  const input = { conversationId };
  switch (step) {
    case "claim":
      return claimConversation({ ctx, input });
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
