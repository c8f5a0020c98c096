import { MaxFilesExceededError, MaxFileSizeExceededError } from "@mjackson/form-data-parser";

import { fileRefusal } from "#app/contracts/messages/file.ts";
import { MAX_FILE_BYTES, storeUpload } from "#server/domains/files/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { readFormWithFiles } from "./read-form.server.ts";

/** Room for ten megabytes of text too: it gets a sentence, and comes back with it. */
const MOST_PART_BYTES = Math.max(MAX_FILE_BYTES, 12_000_000) + 1_000;

/** As readForm, for a form that may carry files; a sentence when it carries too many, or one that is too large. */
export async function readUploadForm(
  request: Request,
  { maxFiles, tooMany }: { maxFiles: number; tooMany: string },
): Promise<FormData | string> {
  try {
    return await readFormWithFiles(request, { maxFileSize: MOST_PART_BYTES, maxFiles });
  } catch (error) {
    if (error instanceof MaxFilesExceededError) return tooMany;
    if (error instanceof MaxFileSizeExceededError) {
      return fileRefusal({ reason: "file_too_large", name: "One of the files", maxBytes: MAX_FILE_BYTES });
    }
    throw error;
  }
}

/** The texts of a form, by name; files are left out. */
export function textsOf(form: FormData): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === "string") texts[name] = value;
  return texts;
}

/** The files of a form's field; an empty file input sends one without a name. */
export const filesOf = (form: FormData, name: string): File[] =>
  form.getAll(name).filter((one): one is File => one instanceof File && one.name !== "");

export type StoredUpload = { id: string; name: string };

/** Keeps files for an account, each sniffed, cleaned and within limits; the sentence of the first that is not taken, with those kept before it. */
export async function storeFiles(
  ctx: Ctx,
  accountId: string,
  uploads: readonly File[],
): Promise<{ ok: boolean; files: StoredUpload[]; sentence: string }> {
  const files: StoredUpload[] = [];
  for (const upload of uploads) {
    const bytes = Buffer.from(await upload.arrayBuffer());
    const stored = await storeUpload({ ctx, input: { accountId, name: upload.name, bytes } });
    if (!stored.ok) return { ok: false, files, sentence: fileRefusal(stored) };
    files.push({ id: stored.value.id, name: stored.value.name });
  }
  return { ok: true, files, sentence: "" };
}
