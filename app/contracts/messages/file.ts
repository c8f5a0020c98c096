import { isolated } from "../isolated.ts";

const megabytes = (bytes: unknown): string => `${Math.floor(Number(bytes) / 1_048_576).toString()} MB`;

const FILE_REFUSALS: Record<string, (facts: Record<string, unknown>) => string> = {
  empty_file: ({ name }) => `${isolated(String(name))} is empty. Choose another file.`,
  file_too_large: ({ name, maxBytes }) =>
    `${isolated(String(name))} is larger than ${megabytes(maxBytes)}. Choose a smaller one.`,
  type_not_accepted: ({ name }) =>
    `${isolated(String(name))} is of a kind we cannot take. Pictures (JPEG, PNG, WebP) and PDFs are fine.`,
  picture_too_large: ({ name }) => `${isolated(String(name))} has too many pixels. Send a smaller version of it.`,
  picture_unreadable: ({ name }) =>
    `${isolated(String(name))} could not be read as a picture. Save it anew and try again.`,
  quota_used_up: ({ maxBytes }) =>
    `This account has used up its ${megabytes(maxBytes)} for files. Send it by mail, please.`,
};

/** The sentence for a file that was not taken. */
export function fileRefusal(refusal: { reason: string } & Record<string, unknown>): string {
  return FILE_REFUSALS[refusal.reason]?.(refusal) ?? "The file was not taken. Try again in a moment.";
}
