import { type Currency } from "../currency.ts";

/** A message as browsers receive it, from a loader or a socket alike: JSON throughout, so both carry it unchanged. */
export type ThreadMessage = {
  id: string;
  seq: number;
  clientId: string;
  kind: "text" | "note" | "card" | "event";
  sender: { loginId: string | null; role: SenderRole; name: string | null };
  body: string;
  /** What happened, for an event: facts, whose words are chosen where they are shown. */
  meta: Record<string, unknown>;
  /** The money action of a card. */
  card: MoneyCard | null;
  files: ThreadFile[];
  /** ISO 8601. */
  createdAt: string;
};

export type SenderRole = "customer" | "staff" | "system";
export type ThreadFile = { id: string; name: string; mediaType: string; byteSize: number };

/** A money action as a card shows it. The amount's minor units are text: JSON has no bigint. */
export type MoneyCard = {
  /** The action's id (a uuid). */
  id: string;
  kind: string;
  state: "pending_approval" | "accepted" | "in_progress" | "done" | "refused" | "failed" | "reversed";
  amountMinor: string;
  currency: Currency;
  reason: string | null;
  facts: Record<string, unknown>;
};

export type ThreadRead = { loginId: string; name: string; role: "customer" | "staff"; lastReadSeq: number };
export type ThreadPerson = { loginId: string; name: string; role: "customer" | "staff" };

export type ConversationState = "waiting" | "assigned" | "snoozed" | "closed";

/** Everything a thread on a page starts from. */
export type ThreadData = {
  conversation: {
    id: string;
    number: string;
    title: string;
    subject: "general" | "bill" | "payment" | "dispute";
    subjectId: string | null;
    state: ConversationState;
    accountId: string;
    accountNumber: string;
    personLoginId: string | null;
    personName: string | null;
    assigneeLoginId: string | null;
    assigneeName: string | null;
    lastSeq: number;
  };
  messages: ThreadMessage[];
  /** Older ones stand before the first. */
  more: boolean;
  reads: ThreadRead[];
  me: { loginId: string; name: string; staff: boolean };
  /** For the form without script: sending the page twice sends one message. */
  clientId: string;
};

type StoredMessage = {
  id: string;
  seq: number;
  clientId: string;
  kind: ThreadMessage["kind"];
  senderLoginId: string | null;
  senderRole: SenderRole;
  senderName: string | null;
  body: string;
  meta: Record<string, unknown>;
  actionId: string | null;
  createdAt: Date;
  files: readonly ThreadFile[];
};

type Action = {
  id: string;
  kind: string;
  state: MoneyCard["state"];
  amountMinor: bigint;
  currency: Currency;
  reason: string | null;
  facts: Record<string, unknown>;
};

/** The one place where stored messages and the ledger's actions become what browsers see. */
export function toThreadMessages(messages: readonly StoredMessage[], actions: readonly Action[]): ThreadMessage[] {
  const cards = new Map(actions.map((action) => [action.id, toCard(action)]));
  return messages.map((message) => ({
    id: message.id,
    seq: message.seq,
    clientId: message.clientId,
    kind: message.kind,
    sender: { loginId: message.senderLoginId, role: message.senderRole, name: message.senderName },
    body: message.body,
    meta: message.meta,
    card: message.actionId === null ? null : (cards.get(message.actionId) ?? null),
    files: [...message.files],
    createdAt: message.createdAt.toISOString(),
  }));
}

const toCard = ({ id, kind, state, amountMinor, currency, reason, facts }: Action): MoneyCard => ({
  ...{ id, kind, state, currency, reason, facts },
  amountMinor: amountMinor.toString(),
});

/** The actions whose cards stand among these messages. */
export const actionIdsOf = (messages: readonly { actionId: string | null }[]): string[] =>
  messages.flatMap(({ actionId }) => (actionId === null ? [] : [actionId]));
