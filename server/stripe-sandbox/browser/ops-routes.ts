import { type Request, type RequestHandler, Router } from "express";
import { z } from "zod";

import { authenticate } from "../flows/authenticate.ts";
import { balances } from "../flows/balances.ts";
import { closeDispute } from "../flows/close-dispute.ts";
import { settleDebit } from "../flows/debit-bank.ts";
import { openDispute } from "../flows/open-dispute.ts";
import { arrivePayout, failPayout, payOut } from "../flows/pay-out.ts";
import { pruneKeys } from "../flows/prune-keys.ts";
import { failRefund } from "../flows/refund-charge.ts";
import { renewCard } from "../flows/renew-card.ts";
import { refusal } from "../call/stripe-fault.ts";
import { armFault, disarmFaults, faultSchema, listFaults } from "../knobs/faults.ts";
import { knobsPatchSchema, readKnobs, resetKnobs, writeKnobs } from "../knobs/knobs.ts";
import { inWork, type Sandbox } from "../sandbox.ts";
import { loadDocument } from "../store/documents.ts";
import { doDue } from "../time/do-due.ts";
import { type ClockMover, createClockMover } from "../time/move-clock.ts";
import { drainDeliveries } from "../webhooks/deliver.ts";
import { redeliver } from "../webhooks/redeliver.ts";
import { json, type Body, type Question } from "./json.ts";
import { opsPage } from "./ops-page.ts";
import { countPending, readOpsState, recentDeliveries } from "./ops-state.ts";

const hourMs = 3_600_000;
const clockSchema = z.object({
  days: z.coerce.number().min(0).max(3_660).default(0),
  hours: z.coerce.number().min(0).max(1_000).default(0),
});
const disputeSchema = z.object({
  charge: z.string(),
  reason: z.string().optional(),
  inquiry: z.coerce.boolean().default(false),
});
const payoutSchema = z.object({ amount: z.coerce.number().int().optional(), currency: z.string().default("usd") });

async function moveClock(sandbox: Sandbox, mover: ClockMover, body: Body): Promise<object> {
  const { days, hours } = clockSchema.parse(body);
  const done = await mover.move((days * 24 + hours) * hourMs);
  return { now: sandbox.clock.now().toISOString(), done };
}

/** A form's move goes on after its answer: the page shows how far it is. A second one waits until nothing moves. */
const moveByForm =
  (sandbox: Sandbox, mover: ClockMover): RequestHandler =>
  (req, res, next) => {
    if (!isForm(req)) return next();
    const read = clockSchema.safeParse(req.body);
    if (!read.success) return next();
    const { days, hours } = read.data;
    if (mover.last()?.state !== "moving") {
      mover
        .move((days * 24 + hours) * hourMs)
        .catch((error: unknown) => sandbox.log.error({ err: error }, "moving the business clock failed"))
        .finally(() => sandbox.onWork.wake());
    }
    res.redirect(303, `${sandbox.publicPath}/`);
  };

/** A form says everything in flat text, and says nothing of an unchecked box. */
function knobsPatch(body: Body): unknown {
  if (!("order" in body)) return body;
  const drop = String(body["drop"] ?? "")
    .split(/[\s,]+/)
    .filter(Boolean);
  return {
    webhooks: {
      duplicate: Number(body["duplicate"]),
      delayMs: Number(body["delayMs"]),
      order: body["order"],
      drop,
      paused: body["paused"] === "true",
    },
    automaticPayouts: body["automaticPayouts"] === "true",
  };
}

function faultOrder(body: Body): unknown {
  const given = Object.entries(body).filter(([, value]) => value !== "");
  return Object.fromEntries(given.map(([name, value]) => [name, name === "times" ? Number(value) : value]));
}

async function dispute(sandbox: Sandbox, body: Body): Promise<object> {
  const { charge, reason, inquiry } = disputeSchema.parse(body);
  return inWork(sandbox, async (work) => {
    const { doc } = await loadDocument(work, "charge", charge);
    const bank = doc.payment_method_details?.type === "us_bank_account";
    return openDispute(work, charge, { reason: reason ?? (bank ? "insufficient_funds" : "fraudulent"), inquiry });
  });
}

async function payout(sandbox: Sandbox, body: Body): Promise<object> {
  const { amount, currency } = payoutSchema.parse(body);
  return inWork(sandbox, async (work) => {
    const all = (await balances(work)).available.get(currency) ?? 0;
    return payOut(work, { amount: amount ?? all, currency, automatic: true, description: null, metadata: {} });
  });
}

type Deed = (question: Question & { id: string }) => Promise<object>;

function deeds(sandbox: Sandbox, mover: ClockMover): Record<string, Deed> {
  const { sql } = sandbox;
  const charge = (id: string) => inWork(sandbox, async (work) => (await loadDocument(work, "charge", id)).doc);
  const settle =
    (how: "succeed" | "fail"): Deed =>
    async ({ id }) => {
      await inWork(sandbox, (work) => settleDebit(work, id, how));
      return charge(id);
    };
  const close =
    (outcome: "won" | "lost"): Deed =>
    ({ id }) =>
      inWork(sandbox, (work) => closeDispute(work, id, outcome));
  return {
    "/clock": ({ body }) => moveClock(sandbox, mover, body),
    "/knobs": ({ body }) => writeKnobs(sql, knobsPatchSchema.parse(knobsPatch(body))),
    "/knobs/reset": () => resetKnobs(sql),
    "/faults": async ({ body }) => {
      await armFault(sql, faultSchema.parse(faultOrder(body)));
      return { faults: await listFaults(sql) };
    },
    "/faults/clear": async () => {
      await disarmFaults(sql);
      return { faults: [] };
    },
    "/keys/prune": async ({ body }) => ({ forgotten: await pruneKeys(sql, Number(body["olderThanHours"] ?? 0)) }),
    "/drain": async () => {
      await doDue(sandbox);
      await drainDeliveries(sandbox);
      return { pending: await countPending(sandbox) };
    },
    "/webhooks/:id/redeliver": ({ id }) => redeliver(sandbox, id),
    "/disputes": ({ body }) => dispute(sandbox, body),
    "/disputes/:id/win": close("won"),
    "/disputes/:id/lose": close("lost"),
    "/debits/:id/settle": settle("succeed"),
    "/debits/:id/fail": settle("fail"),
    "/methods/:id/renew": ({ id }) => inWork(sandbox, (work) => renewCard(work, id, "renew")),
    "/methods/:id/replace": ({ id }) => inWork(sandbox, (work) => renewCard(work, id, "replace")),
    "/refunds/:id/fail": ({ id }) => inWork(sandbox, (work) => failRefund(work, id)),
    "/payouts": ({ body }) => payout(sandbox, body),
    "/payouts/:id/arrive": async ({ id }) => {
      await inWork(sandbox, (work) => arrivePayout(work, id));
      return inWork(sandbox, async (work) => (await loadDocument(work, "payout", id)).doc);
    },
    "/payouts/:id/fail": ({ id }) => inWork(sandbox, (work) => failPayout(work, id)),
    "/intents/:id/authenticate": ({ id, body }) =>
      inWork(sandbox, async (work) => {
        const done = await authenticate(work, id, body["outcome"] === "fail" ? "fail" : "complete");
        if (!done) throw refusal({ message: `${id} does not wait for authentication.` });
        return { done: true };
      }),
  };
}

const isForm = (req: Request): boolean =>
  Boolean(req.is("application/x-www-form-urlencoded")) && req.header("accept")?.includes("text/html") === true;

/** A form goes back to the page; anything else gets JSON. */
function afterForm(base: string): RequestHandler {
  return (req, res, next) => {
    if (isForm(req)) {
      const asJson = res.json.bind(res);
      res.json = (body: unknown) => (res.statusCode < 400 ? (res.redirect(303, `${base}/`), res) : asJson(body));
    }
    next();
  };
}

/** The switches of the stand-in, as a page and as JSON. */
export function opsRoutes(sandbox: Sandbox): Router {
  const router = Router();
  const mover = createClockMover(sandbox);
  router.get("/", (_req, res, next) => {
    readOpsState(sandbox)
      .then((state) => res.type("html").send(opsPage({ state, move: mover.last(), base: sandbox.publicPath })))
      .catch(next);
  });
  router.get(
    "/state",
    json(sandbox, () => readOpsState(sandbox)),
  );
  router.get(
    "/clock",
    json(sandbox, () => Promise.resolve({ now: sandbox.clock.now().toISOString() })),
  );
  router.get(
    "/knobs",
    json(sandbox, () => readKnobs(sandbox.sql)),
  );
  router.get(
    "/faults",
    json(sandbox, async () => ({ faults: await listFaults(sandbox.sql) })),
  );
  router.get(
    "/webhooks",
    json(sandbox, async ({ query }) => ({
      pending: await countPending(sandbox),
      recent: await recentDeliveries(sandbox, Math.min(1_000, Number(query["limit"] ?? 100) || 100)),
    })),
  );
  router.post("/clock", moveByForm(sandbox, mover));
  router.use(afterForm(sandbox.publicPath));
  for (const [path, deed] of Object.entries(deeds(sandbox, mover)))
    router.post(
      path,
      json(sandbox, (question) => deed({ ...question, id: question.params["id"] ?? "" })),
    );
  return router;
}
