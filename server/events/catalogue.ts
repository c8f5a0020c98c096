/**
 * What the domains tell each other and the outside after commit. A payload carries ids and states, never content that
 * somebody may not see: readers load what they may.
 */
export type DomainEvents = {
  /** Open, claims, unapplied or credits of an account changed: balances and bills on open pages are read again. */
  "account.money_changed": { accountId: string };
  "account.changed": { accountId: string };
  "invoice.issued": { accountId: string; invoiceId: string; silent: boolean };
  "payment.changed": { accountId: string; paymentId: string; state: string; actionId: string };
  "draft.changed": {
    accountId: string;
    draftId: string;
    source: string;
    sourceId: string;
    state: string;
    paymentId: string | null;
  };
  /** What a saved card is recognised by, or until when it can be charged. */
  "card.changed": { accountId: string; methodId: string };
  "plan.changed": { accountId: string; planId: string; state: string };
  "credit.given": { accountId: string; creditId: string; invoiceId: string | null; actionId: string };
  "chargeback.changed": { accountId: string; paymentId: string; chargebackId: string; kind: string; state: string };
  "dispute.changed": {
    accountId: string;
    disputeId: string;
    conversationId: string | null;
    /** The line of the case's timeline that tells it. */
    eventId: string;
    /** What happened: a step, or "filed". */
    kind: string;
    to: string;
  };
  "message.stored": { accountId: string; conversationId: string; messageId: string; seq: number; staffOnly: boolean };
  "conversation.changed": { accountId: string; conversationId: string; state: string; assigneeLoginId: string | null };
  /** A rep took it from the colleague who held it. */
  "conversation.taken_over": { accountId: string; conversationId: string; fromLoginId: string; byLoginId: string };
  "conversation.read": { accountId: string; conversationId: string; loginId: string; seq: number };
  /** A money action changed its state: cards of it are read again. */
  "action.changed": { accountId: string | null; actionId: string; state: string };
  /** Role, password or suspension changed, or the person signed out: sockets of that login end. */
  "login.security_changed": { loginId: string; sessionId: string | null };
  "mail.queued": { mailId: string };
  "processor_event.received": { eventId: string };
  /** Events that wait for a person became more, or fewer. */
  "processor_event.parked": { eventId: string };
  "processor_event.worked_off": { eventId: string };
  "import.requested": { runId: string; dryRun: boolean };
};

export type EventName = keyof DomainEvents;
export type DomainEvent = { [N in EventName]: { name: N; payload: DomainEvents[N] } }[EventName];
