import { createHash } from "node:crypto";

import { type Sql, type TransactionSql } from "postgres";

import { type Work } from "../store/work.ts";
import { checkParameters } from "./check-parameters.ts";
import { expanded } from "./expand.ts";
import { texts, type Form } from "./params.ts";
import { type Endpoint, type Reply } from "./reply.ts";
import { StripeFault } from "./stripe-fault.ts";

export type Request = {
  endpoint: Endpoint;
  params: Form;
  id: string;
  path: string;
  key: string | null;
  work: Omit<Work, "tx">;
};

export type Answer = Reply & { replayOf?: string };

function faultReply(fault: StripeFault): Reply {
  return { status: fault.status, body: { error: fault.body } };
}

/** A fault undoes what the call did; the transaction around it goes on, to remember the answer. */
async function attempt(tx: TransactionSql, request: Request): Promise<{ reply: Reply; began: boolean }> {
  try {
    const reply = await tx.savepoint(async (inner) => {
      const work = { ...request.work, tx: inner };
      const { params, id, path } = request;
      checkParameters(request.endpoint, params);
      const answer = await request.endpoint.run({ work, params, id, path });
      if (answer.status !== 200) return answer;
      return { status: 200, body: await expanded(work, answer.body, texts(params, "expand") ?? []) };
    });
    return { reply: reply as Reply, began: true };
  } catch (error) {
    if (error instanceof StripeFault) return { reply: faultReply(error), began: error.began };
    throw error;
  }
}

function fingerprintOf(request: Request): string {
  const asked = JSON.stringify([request.endpoint.method, request.path, request.params]);
  return createHash("sha256").update(asked).digest("hex");
}

type KeyRow = { fingerprint: string; request_id: string; status: number; body: unknown };

function replay(row: KeyRow, fingerprint: string): Answer {
  if (row.fingerprint !== fingerprint)
    return faultReply(
      new StripeFault({
        status: 400,
        body: {
          type: "idempotency_error",
          message:
            "Keys for idempotent requests can only be used with the same parameters they were first used with. " +
            "Try using a different key if you meant to execute a different request.",
        },
      }),
    );
  const body: unknown = typeof row.body === "string" ? JSON.parse(row.body) : row.body;
  return { status: row.status, body, replayOf: row.request_id };
}

function keyInUse(key: string): Reply {
  return {
    status: 409,
    body: {
      error: {
        type: "invalid_request_error",
        code: "idempotency_key_in_use",
        doc_url: "https://stripe.com/docs/error-codes/idempotency-key-in-use",
        message: `There is currently another in-progress request using this Idempotent Key: ${key}. Please try again later.`,
      },
    },
  };
}

async function keep(tx: TransactionSql, request: Request, reply: Reply): Promise<void> {
  await tx`
    insert into stripe_sandbox.idempotency_keys (key, fingerprint, request_id, status, body)
    values (${request.key}, ${fingerprintOf(request)}, ${request.work.request.id}, ${reply.status},
            ${JSON.stringify(reply.body)}::text::jsonb)`;
}

/**
 * Answers a call in one transaction. With a key, the answer is kept in the same transaction as what it did, so that a
 * crash leaves both or neither; the key is held by an advisory lock, and whoever comes meanwhile is told so.
 */
export function runCall(sql: Sql, request: Request, forced?: Reply): Promise<Answer> {
  const { key } = request;
  return sql.begin(async (tx): Promise<Answer> => {
    if (key === null) return forced ?? (await attempt(tx, request)).reply;
    const [lock] = await tx<{ held: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtextextended(${`stripe_sandbox:${key}`}, 0)) as held`;
    if (!lock?.held) return keyInUse(key);
    const [row] = await tx<KeyRow[]>`
      select fingerprint, request_id, status, body from stripe_sandbox.idempotency_keys where key = ${key}`;
    if (row) return replay(row, fingerprintOf(request));
    if (forced) {
      await keep(tx, request, forced);
      return forced;
    }
    const { reply, began } = await attempt(tx, request);
    if (began) await keep(tx, request, reply);
    return reply;
  }) as Promise<Answer>;
}
