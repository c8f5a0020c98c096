import { Dialog } from "#app/ui/dialog.tsx";
import { Kbd } from "#app/ui/kbd.tsx";
import { Pairs } from "#app/ui/pairs.tsx";

const KEYS: readonly [string, string][] = [
  ["j / k", "Next, previous conversation"],
  ["Enter", "Open it"],
  ["r", "Reply"],
  ["n", "Note for staff"],
  ["c", "Give a credit"],
  ["d", "Decide the dispute"],
  ["a", "Claim; twice: take over from a colleague"],
  ["h", "Snooze until tomorrow"],
  ["e", "Close"],
  ["/credit 12.50 …", "Give a credit from the message field"],
  ["/", "Search, or go to"],
  ["Ctrl K, Cmd K", "Go to a page, an account, a conversation"],
  ["Esc", "Leave the field, back to the queue"],
  ["?", "This list"],
];

/** The keyboard map of the inbox. */
export function KeyHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys">
      <Pairs pairs={KEYS.map(([keys, what]) => ({ label: what, value: <Kbd>{keys}</Kbd> }))} />
    </Dialog>
  );
}
