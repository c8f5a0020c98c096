import { and, eq, isNull, ne, sql } from "drizzle-orm";

import { type Tx } from "#db/client.ts";
import { conversations } from "#db/schema/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { getAccount } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { appendEvent } from "#server/events/outbox.ts";
import { present } from "#server/platform/assert.ts";
import { type Ctx, within } from "#server/platform/ctx.ts";
import { ok, type Ok } from "#server/platform/result.ts";

import { type Posted, postMessage, type PostRefusal } from "./post-message.ts";
import { type Conversation } from "./rows.ts";
import { MAX_TITLE } from "./rules.ts";

export type Subject =
  { subject: "general"; subjectId?: null } | { subject: "bill" | "payment" | "dispute"; subjectId: string };

export type ConversationDraft = Subject & {
  accountId: string;
  /** The customer's side of it; null for one that staff opened about an account nobody has signed in to. */
  personLoginId: string | null;
  title: string;
};

export type Opened = { conversation: Conversation; fresh: boolean };

/**
 * Opens a conversation, or finds the active one of that person about that subject: there is never a second. Staff name
 * the customer it is with. With a first message both are stored together; its refusals are those of postMessage, and
 * then nothing is opened. Throws not_found for a foreign account, and for one that does not exist.
 */
export async function openConversation({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Subject & {
    accountId: string;
    title: string;
    personLoginId?: string | null;
    firstMessage?: { clientId: string; body: string; fileIds?: readonly string[] };
  };
}): Promise<Ok<Opened & { posted: Posted | null }> | PostRefusal> {
  authorize(ctx.actor, "conversation.start", input.accountId);
  const personLoginId = ctx.actor.kind === "customer" ? ctx.actor.loginId : (input.personLoginId ?? null);
  const { firstMessage, ...draft } = input;
  const refused = { value: null as PostRefusal | null };
  const opened = await withTransaction(ctx.db, async (tx) => {
    await getAccount(tx, input.accountId);
    const { conversation, fresh } = await openConversationIn(tx, { ...draft, personLoginId });
    if (!firstMessage) return { conversation, fresh, posted: null };
    const posted = await postMessage({
      ctx: within(ctx, tx),
      input: { ...firstMessage, conversationId: conversation.id },
    });
    if (posted.ok) return { conversation, fresh, posted: posted.value };
    refused.value = posted;
    // An empty conversation that a refusal left behind would stand in the way of nobody, but it is not wanted.
    if (fresh) await tx.delete(conversations).where(eq(conversations.id, conversation.id));
    return { conversation, fresh, posted: null };
  });
  return refused.value ?? ok(opened);
}

/** As openConversation, inside the transaction of another command (a dispute opens its case so). Authorises nothing. */
export async function openConversationIn(tx: Tx, draft: ConversationDraft): Promise<Opened> {
  const subjectId = draft.subjectId ?? null;
  await lockSubject(tx, draft);
  const [known] = await tx
    .select()
    .from(conversations)
    .where(
      draft.subject === "dispute"
        ? and(eq(conversations.subject, "dispute"), eq(conversations.subjectId, draft.subjectId))
        : and(
            eq(conversations.accountId, draft.accountId),
            draft.personLoginId === null
              ? isNull(conversations.personLoginId)
              : eq(conversations.personLoginId, draft.personLoginId),
            eq(conversations.subject, draft.subject),
            subjectId === null ? isNull(conversations.subjectId) : eq(conversations.subjectId, subjectId),
            ne(conversations.state, "closed"),
          ),
    )
    .limit(1);
  if (known) return { conversation: known, fresh: false };
  const [row] = await tx
    .insert(conversations)
    .values({
      number: sql`'C-' || nextval('conversation_numbers')`,
      accountId: draft.accountId,
      personLoginId: draft.personLoginId,
      subject: draft.subject,
      subjectId,
      title: [...draft.title.trim()].slice(0, MAX_TITLE).join("") || "Question",
    })
    .returning();
  const conversation = present(row, "an inserted conversation has a row");
  await appendEvent(tx, "conversation.changed", {
    accountId: conversation.accountId,
    conversationId: conversation.id,
    state: conversation.state,
    assigneeLoginId: null,
  });
  return { conversation, fresh: true };
}

/** Two tabs that open about one subject at once wait for each other here; there is no row yet to lock. */
async function lockSubject(tx: Tx, draft: ConversationDraft): Promise<void> {
  const person = draft.subject === "dispute" ? "case" : `${draft.accountId} ${draft.personLoginId ?? "nobody"}`;
  const key = `conversation ${person} ${draft.subject} ${draft.subjectId ?? ""}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
}
