import { type ConversationState, type MessageKind } from "#db/schema/index.ts";
import { type Actor } from "#server/platform/actor.ts";

export const MAX_BODY = 10_000;
export const MAX_FILES = 5;
export const MAX_TITLE = 120;

export const CONVERSATION_STEPS = [
  "customer_writes",
  "staff_replies",
  "claim",
  "assign",
  "release",
  "snooze",
  "wake",
  "close",
  "reopen",
] as const;
export type ConversationStep = (typeof CONVERSATION_STEPS)[number];

type Standing = { state: ConversationState; assigneeLoginId: string | null };

const OPEN: readonly ConversationState[] = ["waiting", "assigned", "snoozed"];
const FROM: Record<ConversationStep, readonly ConversationState[]> = {
  customer_writes: ["waiting", "assigned", "snoozed", "closed"],
  staff_replies: ["waiting", "assigned", "snoozed", "closed"],
  claim: OPEN,
  assign: OPEN,
  release: ["assigned", "snoozed"],
  snooze: ["waiting", "assigned", "snoozed"],
  wake: ["snoozed"],
  close: OPEN,
  reopen: ["closed"],
};

/**
 * Where a step leads, or null when a conversation in that state does not take it. `repLoginId` is the rep who acts, or
 * to whom it is given; null for the system. Assigned always names a rep; closed keeps the one who had it, as a fact.
 */
export function nextStanding(from: Standing, step: ConversationStep, repLoginId: string | null): Standing | null {
  if (!FROM[step].includes(from.state)) return null;
  const withRep = (rep: string | null): Standing => ({
    state: rep === null ? "waiting" : "assigned",
    assigneeLoginId: rep,
  });
  switch (step) {
    case "customer_writes":
      // A closed one comes back to everybody: its rep may have gone home.
      return from.state === "closed" ? withRep(null) : withRep(from.assigneeLoginId);
    case "staff_replies":
      return withRep(from.state === "closed" ? repLoginId : (from.assigneeLoginId ?? repLoginId));
    case "claim":
    case "assign":
      return repLoginId === null ? null : withRep(repLoginId);
    case "reopen":
      return withRep(repLoginId);
    case "release":
      return withRep(null);
    case "snooze":
      return { state: "snoozed", assigneeLoginId: from.assigneeLoginId ?? repLoginId };
    case "wake":
      return withRep(from.assigneeLoginId);
    case "close":
      return { state: "closed", assigneeLoginId: from.assigneeLoginId };
  }
}

/** The steps a conversation takes now: the buttons to show. */
export const stepsFrom = (state: ConversationState): ConversationStep[] =>
  CONVERSATION_STEPS.filter((step) => FROM[step].includes(state));

/** The rep who holds it, when that is somebody else than `loginId`: then it is not claimed, but taken over. */
export const heldByAnother = ({ state, assigneeLoginId }: Standing, loginId: string | null): string | null =>
  (state === "assigned" || state === "snoozed") && assigneeLoginId !== loginId ? assigneeLoginId : null;

/** A customer sees their own conversations; others on the account need the right to manage it. Staff see all. */
export function sees(actor: Actor, conversation: { accountId: string; personLoginId: string | null }): boolean {
  switch (actor.kind) {
    case "staff":
    case "system":
      return true;
    case "customer": {
      const right = actor.accounts.get(conversation.accountId);
      return right === "manage" || (right !== undefined && conversation.personLoginId === actor.loginId);
    }
    case "processor":
    case "guest":
    case "anonymous":
      return false;
  }
}

/** Internal notes never reach a customer. */
export const staffOnly = (kind: MessageKind): boolean => kind === "note";

/** The beginning of a text, whole words of it, with a mark where more follows. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const lastSpace = text.slice(0, most + 1).search(/\s\S*$/);
  // A word that long is cut, but never within a sign of two halves.
  const kept = text.slice(0, lastSpace >= most / 2 ? lastSpace : most).replace(/[\uD800-\uDBFF]$/, "");
  return `${kept.trimEnd()}…`;
}

export type BodyDecision = "allowed" | "empty" | "too_long";

/** What may be sent: something written or attached, at most MAX_BODY characters. */
export function decideBody(body: string, fileCount: number): BodyDecision {
  if (body.length > MAX_BODY) return "too_long";
  return body === "" && fileCount === 0 ? "empty" : "allowed";
}

// NUL cannot be stored as text; other control characters except tab and line feed would only confuse a reader.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Text as it is kept: one kind of line end, no control characters, no space around it. */
export const cleanBody = (text: string): string => text.replace(/\r\n?/g, "\n").replace(CONTROL, "").trim();
