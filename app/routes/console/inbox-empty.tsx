import { EmptyState } from "#app/ui/empty-state.tsx";
import { MessageSquare } from "#app/ui/icons.ts";
import { Kbd } from "#app/ui/kbd.tsx";

/** No conversation is open. */
export default function InboxEmptyPage() {
  return (
    <div className="grid h-full place-items-center">
      <EmptyState icon={MessageSquare} title="Choose a conversation">
        With <Kbd>j</Kbd> and <Kbd>k</Kbd> through the queue, <Kbd>Enter</Kbd> opens one, <Kbd>?</Kbd> shows all keys.
      </EmptyState>
    </div>
  );
}
