import { randomUUID } from "node:crypto";

import { actionIdsOf, type ThreadData, toThreadMessages } from "#app/contracts/realtime/thread.ts";
import { getConversation, listMessages } from "#server/domains/conversations/index.ts";
import { listActions } from "#server/domains/ledger/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug } from "#server/platform/faults.ts";

/**
 * A thread as a page starts with it: the newest messages, or with `?before=SEQ` those before that one. Throws not_found
 * for a conversation the asker may not see. Notes are left out for customers.
 */
export async function readThread(
  ctx: Ctx,
  { which, request }: { which: { number: string } | { id: string }; request: Request },
): Promise<ThreadData> {
  const { actor, db } = ctx;
  if (actor.kind !== "customer" && actor.kind !== "staff") throw bug("a thread is read by a person");
  const staff = actor.kind === "staff";
  const conversation = await getConversation({ db, actor }, which);
  const before = Number(new URL(request.url).searchParams.get("before") ?? Number.NaN);
  const page = await listMessages(db, {
    conversationId: conversation.id,
    forStaff: staff,
    ...(Number.isSafeInteger(before) && before > 0 && before < 2 ** 31 ? { beforeSeq: before } : {}),
  });
  const actions = await listActions(db, actionIdsOf(page.messages));
  const { id, number, title, subject, subjectId, state, accountId, personLoginId, personName } = conversation;
  const { assigneeLoginId, assigneeName, lastSeq, account } = conversation;
  return {
    conversation: {
      ...{ id, number, title, subject, subjectId, state, accountId, personLoginId, personName },
      ...{ assigneeLoginId, assigneeName, lastSeq, accountNumber: account.number },
    },
    messages: toThreadMessages(page.messages, actions),
    more: page.more,
    reads: conversation.reads.map(({ loginId, name, role, lastReadSeq }) => ({ loginId, name, role, lastReadSeq })),
    me: { loginId: actor.loginId, name: actor.name, staff },
    clientId: randomUUID(),
  };
}
