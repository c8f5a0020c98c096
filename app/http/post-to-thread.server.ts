import { MaxFilesExceededError, MaxFileSizeExceededError, parseFormData } from "@mjackson/form-data-parser";
import { data, redirect } from "@remix-run/node";
import { z } from "zod";

import { fileRefusal } from "#app/contracts/messages/file.ts";
import { messageRefusal } from "#app/contracts/messages/conversation.ts";
import { getConversation, MAX_FILES, postMessage } from "#server/domains/conversations/index.ts";
import { MAX_FILE_BYTES, storeUpload } from "#server/domains/files/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { type FormReply, formReply } from "./forms.server.ts";

export type ThreadReply = FormReply | { ok: true };

const messageForm = z.object({
  clientId: z.uuid(),
  body: z.string(),
  asNote: z.literal("on").optional(),
  seenSeq: z.coerce.number().int().min(0).optional(),
  /** Sent by the page's script, which stays where it is. */
  stay: z.literal("1").optional(),
});

/** Room for ten megabytes of text too: it gets a sentence, and comes back with it. */
const MOST_PART_BYTES = Math.max(MAX_FILE_BYTES, 12_000_000) + 1_000;

/**
 * The composer's form: files first, then the message that carries them. Answers what the form shows again, with all
 * that was typed; after success the page is shown anew, unless script sent it. Throws not_found for a foreign thread.
 */
export async function postToThread(
  ctx: Ctx,
  { request, which, back }: { request: Request; which: { number: string } | { id: string }; back: string },
) {
  const conversation = await getConversation(ctx, which);
  const form = await readForm(request);
  if (typeof form === "string") return formReply({}, { message: form });
  const values = textsOf(form);
  const parsed = messageForm.safeParse(values);
  if (!parsed.success) return formReply(values, { message: messageRefusal({ reason: "malformed" }) });
  const uploads = form.getAll("files").filter((one): one is File => one instanceof File && one.name !== "");
  const stored = await storeFiles(ctx, conversation.accountId, uploads);
  if (!stored.ok) return formReply(values, { message: stored.sentence });
  const { clientId, body, asNote, seenSeq, stay } = parsed.data;
  const posted = await postMessage({
    ctx,
    input: {
      ...{ conversationId: conversation.id, clientId, body, fileIds: stored.ids, asNote: asNote === "on" },
      ...(seenSeq === undefined ? {} : { seenSeq }),
    },
  });
  if (!posted.ok) return formReply(values, { message: messageRefusal(posted) });
  if (stay === "1") return data<ThreadReply>({ ok: true });
  throw redirect(back);
}

async function readForm(request: Request): Promise<FormData | string> {
  try {
    return await parseFormData(request, { maxFileSize: MOST_PART_BYTES, maxFiles: MAX_FILES });
  } catch (error) {
    if (error instanceof MaxFilesExceededError) return messageRefusal({ reason: "too_many_files", max: MAX_FILES });
    if (error instanceof MaxFileSizeExceededError) {
      return fileRefusal({ reason: "file_too_large", name: "One of the files", maxBytes: MAX_FILE_BYTES });
    }
    throw error;
  }
}

function textsOf(form: FormData): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === "string") texts[name] = value;
  return texts;
}

async function storeFiles(
  ctx: Ctx,
  accountId: string,
  uploads: readonly File[],
): Promise<{ ok: true; ids: string[] } | { ok: false; sentence: string }> {
  const ids: string[] = [];
  for (const upload of uploads) {
    const bytes = Buffer.from(await upload.arrayBuffer());
    const stored = await storeUpload({ ctx, input: { accountId, name: upload.name, bytes } });
    if (!stored.ok) return { ok: false, sentence: fileRefusal(stored) };
    ids.push(stored.value.id);
  }
  return { ok: true, ids };
}
