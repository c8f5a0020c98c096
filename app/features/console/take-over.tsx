import { useRef } from "react";

import { Button } from "#app/ui/button.tsx";

export type Holder = { loginId: string; name: string };

/**
 * Takes a conversation from the colleague who holds it: what that does is said first, and a second press does it (the
 * key a twice). Part of the form of the head; opens without script.
 */
export function TakeOver({ holder, pending }: { holder: Holder; pending: boolean }) {
  const details = useRef<HTMLDetailsElement>(null);
  const leave = () => {
    details.current?.removeAttribute("open");
    details.current?.querySelector("summary")?.focus();
  };
  return (
    <details
      ref={details}
      className="take-over"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) currentTarget.querySelector("button")?.focus();
      }}
    >
      <summary
        className="ui-button"
        data-variant="secondary"
        data-move="claim"
        aria-keyshortcuts="a"
        title="Take over (a)"
      >
        Take over
      </summary>
      <div className="take-over-ask" role="group" aria-label="Take over">
        <p>
          <strong>
            <bdi>{holder.name}</bdi>
          </strong>{" "}
          has this conversation. They are told at once, and a line in the thread tells staff.
        </p>
        <input type="hidden" name="from" value={holder.loginId} />
        <div className="flex flex-wrap gap-1.5">
          <Button
            type="submit"
            variant="primary"
            name="step"
            value="take_over"
            data-move="take_over"
            aria-keyshortcuts="a"
            pending={pending}
          >
            Take over from <bdi>{holder.name}</bdi>
          </Button>
          <Button aria-keyshortcuts="Escape" onClick={leave}>
            Leave it
          </Button>
        </div>
      </div>
    </details>
  );
}
