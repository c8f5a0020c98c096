import { data } from "@remix-run/node";
import { z } from "zod";

import { messageRefusal } from "#app/contracts/messages/conversation.ts";
import { getConversation, MAX_FILES, postMessage } from "#server/domains/conversations/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { type FormReply, formReply } from "./forms.server.ts";
import { redirect } from "./redirect.server.ts";
import { filesOf, readUploadForm, storeFiles, textsOf } from "./uploads.server.ts";

export type ThreadReply = FormReply | { ok: true };

const messageForm = z.object({
  clientId: z.uuid(),
  body: z.string(),
  asNote: z.literal("on").optional(),
  seenSeq: z.coerce.number().int().min(0).optional(),
  /** Sent by the page's script, which stays where it is. */
  stay: z.literal("1").optional(),
});

/**
 * The composer's form: files first, then the message that carries them. Answers what the form shows again, with all
 * that was typed; after success the page is shown anew, unless script sent it. Throws not_found for a foreign thread.
 */
export async function postToThread(
  ctx: Ctx,
  { request, which, back }: { request: Request; which: { number: string } | { id: string }; back: string },
) {
  const conversation = await getConversation(ctx, which);
  const tooMany = messageRefusal({ reason: "too_many_files", max: MAX_FILES });
  const form = await readUploadForm(request, { maxFiles: MAX_FILES, tooMany });
  if (typeof form === "string") return formReply({}, { message: form });
  const values = textsOf(form);
  const parsed = messageForm.safeParse(values);
  if (!parsed.success) return formReply(values, { message: messageRefusal({ reason: "malformed" }) });
  const stored = await storeFiles(ctx, conversation.accountId, filesOf(form, "files"));
  if (!stored.ok) return formReply(values, { message: stored.sentence });
  const { clientId, body, asNote, seenSeq, stay } = parsed.data;
  const posted = await postMessage({
    ctx,
    input: {
      ...{
        conversationId: conversation.id,
        clientId,
        body,
        fileIds: stored.files.map((file) => file.id),
        asNote: asNote === "on",
      },
      ...(seenSeq === undefined ? {} : { seenSeq }),
    },
  });
  if (!posted.ok) return formReply(values, { message: messageRefusal(posted) });
  if (stay === "1") return data<ThreadReply>({ ok: true });
  throw redirect(back);
}
