import { formatMoney, type Money } from "../money.ts";

/** Why a dispute was not filed; the facts as the domain reports them, amounts in their currency. */
export type FileRefusalFacts =
  | {
      reason:
        | "description_needed"
        | "unknown_file"
        | "bill_void"
        | "nothing_left"
        | "amount_needed"
        | "key_reused_with_other_input";
    }
  | { reason: "description_too_long"; length: number; max: number }
  | { reason: "too_many_files"; max: number }
  | { reason: "above_most"; most: Money };

/** The field it is about, and the sentence. */
export function fileRefusalText(refusal: FileRefusalFacts, locale: string): { field: string; text: string } {
  switch (refusal.reason) {
    case "description_needed":
      return { field: "description", text: "Tell us what is wrong, in a sentence or two." };
    case "description_too_long": {
      const [length, max] = [refusal.length, refusal.max].map((count) => count.toLocaleString(locale));
      return {
        field: "description",
        text: `That is ${String(length)} characters; at most ${String(max)} fit. Shorten it a little.`,
      };
    }
    case "too_many_files":
      return {
        field: "files",
        text: `At most ${String(refusal.max)} files fit on one dispute. You can send more in its messages.`,
      };
    case "unknown_file":
      return { field: "files", text: "One of the files is gone. Choose it again." };
    case "bill_void":
      return { field: "form", text: "This bill was voided: nothing is asked for, so there is nothing to dispute." };
    case "nothing_left":
      return { field: "form", text: "All of this is in dispute already, or was credited." };
    case "key_reused_with_other_input":
      return { field: "form", text: "This dispute was sent already, with other words. Find it under Disputes." };
    case "amount_needed":
      return { field: "amount", text: "Say how much of it is wrong." };
    case "above_most":
      return { field: "amount", text: `At most ${formatMoney(refusal.most, locale)} of this can be disputed.` };
  }
}
