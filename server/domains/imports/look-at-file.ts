import { CsvError } from "csv-parse";
import { parse } from "csv-parse/sync";

import { guessDelimiter } from "./guess-delimiter.ts";
import { parseDate } from "./parse-date.ts";
import { csvOptions } from "./stage-file.ts";

/** What the top of a file shows: enough to choose its columns by. */
export type FileLook = { headings: string[]; rows: string[][] };

const LOOK_BYTES = 200_000;
const LOOK_ROWS = 50;

/** The headings and first rows of a CSV file, or null when its beginning is no CSV. */
export function lookAtFile(bytes: Buffer): FileLook | null {
  const text = new TextDecoder("utf-8").decode(bytes.subarray(0, LOOK_BYTES));
  // A cut-off last row would look broken.
  const whole = bytes.length > LOOK_BYTES ? text.slice(0, text.lastIndexOf("\n")) : text;
  try {
    const [headings, ...rows] = parse(whole, { ...csvOptions(guessDelimiter(whole)), to: LOOK_ROWS + 1 });
    return headings ? { headings: headings.map((heading) => heading.trim()), rows } : null;
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}

const FORMATS = ["YYYY-MM-DD", "M/D/YYYY", "D/M/YYYY", "D.M.YYYY", "D-M-YYYY", "YYYY/M/D", "YYYYMMDD"] as const;

/**
 * The date formats that read the most of these texts, the likeliest first: one bad date in a file does not hide the way
 * the others are written. Blanks say nothing.
 */
export function guessDateFormats(texts: readonly string[]): string[] {
  const dates = texts.filter((text) => text.trim() !== "");
  const read = FORMATS.map((format) => dates.filter((text) => parseDate(text, format) !== null).length);
  const most = Math.max(...read);
  return most === 0 ? [] : FORMATS.filter((_, at) => read[at] === most);
}

/** Whether amounts are written "1,234.56" or "1.234,56": by the last mark of those that leave no doubt, else ".". */
export function guessDecimal(texts: readonly string[]): "." | "," {
  const votes = texts.flatMap((text) => /([.,])(?:\d{1,2}|\d{4,})\D*$/.exec(text.trim())?.[1] ?? []);
  return votes.filter((mark) => mark === ",").length * 2 > votes.length ? "," : ".";
}
