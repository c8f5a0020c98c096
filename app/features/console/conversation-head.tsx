import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";

import { isolated } from "#app/contracts/isolated.ts";
import { type ThreadData } from "#app/contracts/realtime/thread.ts";
import { Button } from "#app/ui/button.tsx";
import { CircleDollarSign, PanelRight } from "#app/ui/icons.ts";
import { Link } from "#app/ui/link.tsx";
import { Status, type Tone } from "#app/ui/status.tsx";

import { type Holder, TakeOver } from "./take-over.tsx";

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
  /** Whether this role may take over what a colleague holds. */
  mayTakeOver: boolean;
  /** Toggles the credit form beside the thread. */
  onCredit: () => void;
  /** On a narrow screen: shows the account instead of the thread. */
  onAccount: () => void;
};

/** Who it is with, how it stands, and what can be done with it. Each button is a form that works without script. */
export function ConversationHead({ conversation, meId, mayTakeOver, onCredit, onAccount }: ConversationHeadProps) {
  const { number, title, personName, state, assigneeName, assigneeLoginId } = conversation;
  const fetcher = useFetcher<MoveReply>();
  const standing = STATES[state];
  const mine = assigneeLoginId === meId;
  const holder = heldBy(conversation, meId);
  const heading = useHeadingAfterMove(fetcher.data, conversation);
  return (
    <header className="talk-head">
      <div className="talk-names">
        <Link to="/console" className="talk-back ui-link">
          Inbox
        </Link>
        <h1 ref={heading} tabIndex={-1}>
          {personName ?? "Customer"}
        </h1>
        <p>
          <Status tone={standing.tone}>
            {state === "assigned" ? `With ${mine ? "you" : isolated(assigneeName ?? "a colleague")}` : standing.text}
            {state === "snoozed" && holder ? `, with ${isolated(holder.name)}` : null}
          </Status>
          <span className="truncate">{title}</span>
        </p>
      </div>
      <div className="talk-moves">
        <fetcher.Form method="post" action={`/console/c/${number}/move`} className="flex flex-wrap gap-1.5">
          {holder && mayTakeOver ? (
            <TakeOver
              key={holder.loginId}
              holder={holder}
              pending={fetcher.state !== "idle" && fetcher.formData?.get("step") === "take_over"}
            />
          ) : null}
          {movesFrom(state, { mine, held: holder !== null }).map(({ step, label, keys }) => (
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

/** The colleague who holds it. */
function heldBy({ state, assigneeLoginId, assigneeName }: Conversation, meId: string): Holder | null {
  const held = (state === "assigned" || state === "snoozed") && assigneeLoginId !== null && assigneeLoginId !== meId;
  return held ? { loginId: assigneeLoginId, name: assigneeName ?? "a colleague" } : null;
}

/** The pressed button goes with what it did: the keyboard stays in this head instead of falling back to the page's top. */
function useHeadingAfterMove(reply: MoveReply | undefined, { state, assigneeLoginId }: Conversation) {
  const heading = useRef<HTMLHeadingElement>(null);
  const done = useRef<MoveReply>();
  useEffect(() => {
    if (!reply?.ok || done.current === reply || document.activeElement !== document.body) return;
    done.current = reply;
    heading.current?.focus();
  }, [reply, state, assigneeLoginId]);
  return heading;
}

type MoveButton = { step: string; label: string; keys?: string };

function movesFrom(state: Conversation["state"], { mine, held }: { mine: boolean; held: boolean }): MoveButton[] {
  if (state === "closed") return [{ step: "reopen", label: "Open again" }];
  const claim: MoveButton[] = held ? [] : [{ step: "claim", label: "Claim", keys: "a" }];
  return [
    ...(mine && state === "assigned" ? [{ step: "release", label: "Give back" }] : claim),
    ...(state === "snoozed" ? [] : [{ step: "snooze", label: "Snooze", keys: "h" }]),
    { step: "close", label: "Close", keys: "e" },
  ];
}
