import { useFetcher } from "@remix-run/react";

import { type ThreadData } from "#app/contracts/realtime/thread.ts";
import { Button } from "#app/ui/button.tsx";
import { CircleDollarSign, PanelRight } from "#app/ui/icons.ts";
import { Link } from "#app/ui/link.tsx";
import { Status, type Tone } from "#app/ui/status.tsx";

type Conversation = ThreadData["conversation"];

const STATES: Record<Conversation["state"], { tone: Tone; text: string }> = {
  waiting: { tone: "waiting", text: "Waiting" },
  assigned: { tone: "settled", text: "Assigned" },
  snoozed: { tone: "done", text: "Snoozed" },
  closed: { tone: "done", text: "Closed" },
};

export type MoveReply = { ok: boolean; message: string | null };

export type ConversationHeadProps = {
  conversation: Conversation;
  meId: string;
  /** Toggles the credit form beside the thread. */
  onCredit: () => void;
  /** On a narrow screen: shows the account instead of the thread. */
  onAccount: () => void;
};

/** Who it is with, how it stands, and what can be done with it. Each button is a form that works without script. */
export function ConversationHead({ conversation, meId, onCredit, onAccount }: ConversationHeadProps) {
  const { number, title, personName, state, assigneeName, assigneeLoginId } = conversation;
  const fetcher = useFetcher<MoveReply>();
  const standing = STATES[state];
  const mine = state === "assigned" && assigneeLoginId === meId;
  const moves = movesFrom(state, mine);
  return (
    <header className="talk-head">
      <div className="talk-names">
        <Link to="/console" className="talk-back ui-link">
          Inbox
        </Link>
        <h1>{personName ?? "Customer"}</h1>
        <p>
          <Status tone={standing.tone}>
            {mine ? "With you" : state === "assigned" ? `With ${assigneeName ?? "a colleague"}` : standing.text}
          </Status>
          <span className="truncate">{title}</span>
        </p>
      </div>
      <div className="talk-moves">
        <fetcher.Form method="post" action={`/console/c/${number}/move`} className="flex flex-wrap gap-1.5">
          {moves.map(({ step, label, keys }) => (
            <Button
              key={step}
              type="submit"
              name="step"
              value={step}
              aria-keyshortcuts={keys}
              title={keys ? `${label} (${keys})` : label}
              data-move={step}
              pending={fetcher.state !== "idle" && fetcher.formData?.get("step") === step}
              variant={step === "claim" ? "primary" : "secondary"}
            >
              {label}
            </Button>
          ))}
        </fetcher.Form>
        <Button onClick={onCredit} aria-keyshortcuts="c" title="Give a credit (c)">
          <CircleDollarSign size={16} aria-hidden="true" /> Credit
        </Button>
        <span className="talk-account">
          <Button onClick={onAccount} icon aria-label="Show the account">
            <PanelRight size={16} aria-hidden="true" />
          </Button>
        </span>
      </div>
      {fetcher.data?.message ? (
        <p className="talk-problem" role="alert">
          {fetcher.data.message}
        </p>
      ) : null}
    </header>
  );
}

type MoveButton = { step: string; label: string; keys?: string };

function movesFrom(state: Conversation["state"], mine: boolean): MoveButton[] {
  if (state === "closed") return [{ step: "reopen", label: "Open again" }];
  return [
    ...(mine ? [{ step: "release", label: "Give back" }] : [{ step: "claim", label: "Claim", keys: "a" }]),
    ...(state === "snoozed" ? [] : [{ step: "snooze", label: "Snooze", keys: "h" }]),
    { step: "close", label: "Close", keys: "e" },
  ];
}
