import type Stripe from "stripe";

import { listPage } from "../call/list.ts";
import { flag, group, mergedMetadata, text, type Form } from "../call/params.ts";
import { ok, type Call, type Endpoint } from "../call/reply.ts";
import { badParameter, refusal } from "../call/stripe-fault.ts";
import { closeDispute, isOpen } from "../flows/close-dispute.ts";
import { loadDocument, lockDocument, saveDocument } from "../store/documents.ts";
import { nowSeconds } from "../store/work.ts";
import { emit } from "../webhooks/emit.ts";

const evidenceLimit = 150_000;

function addEvidence(dispute: Stripe.Dispute, sent: Form): void {
  const evidence: Record<string, unknown> = { ...dispute.evidence };
  for (const [field, value] of Object.entries(sent)) {
    if (typeof value !== "string") continue;
    if (!(field in dispute.evidence))
      throw badParameter({
        code: "parameter_unknown",
        param: `evidence[${field}]`,
        message: `Received unknown parameter: evidence[${field}]`,
      });
    evidence[field] = value === "" ? null : value;
  }
  if (JSON.stringify(evidence).length > evidenceLimit)
    throw badParameter({ param: "evidence", message: `Evidence may hold ${evidenceLimit} characters in all.` });
  dispute.evidence = evidence as unknown as Stripe.Dispute.Evidence;
  dispute.evidence_details.has_evidence = true;
}

/** Evidence is kept until it is submitted, and is submitted once. Two texts decide at once, as in Stripe's test mode. */
async function update(call: Call) {
  const { work, params } = call;
  const { doc: dispute } = await lockDocument(work, "dispute", call.id);
  const evidence = group(params, "evidence");
  if (evidence && (!isOpen(dispute) || dispute.status.endsWith("under_review")))
    throw refusal({
      message: "This dispute can no longer be answered: its evidence has been submitted, or it is closed.",
    });
  dispute.metadata = mergedMetadata(params, dispute.metadata);
  if (evidence) addEvidence(dispute, evidence);
  const submits = evidence !== undefined && flag(params, "submit") !== false;
  if (submits) {
    dispute.evidence_details.submission_count += 1;
    dispute.evidence_details.submission_method = "manual";
    dispute.status = dispute.status.startsWith("warning") ? "warning_under_review" : "under_review";
  }
  await saveDocument(work, { kind: "dispute", doc: dispute });
  await emit(work, "charge.dispute.updated", { object: dispute });
  const verdict = submits ? text(evidence, "uncategorized_text") : undefined;
  if (verdict === "winning_evidence") return ok(await closeDispute(work, dispute.id, "won"));
  if (verdict === "losing_evidence") return ok(await closeDispute(work, dispute.id, "lost"));
  return ok(dispute);
}

async function retrieve(call: Call) {
  const { doc: dispute } = await loadDocument(call.work, "dispute", call.id);
  const { due_by: dueBy } = dispute.evidence_details;
  dispute.evidence_details.past_due =
    dueBy !== null && dueBy < nowSeconds(call.work) && !dispute.evidence_details.submission_count;
  return ok(dispute);
}

async function list(call: Call) {
  const charge = text(call.params, "charge");
  const intent = text(call.params, "payment_intent");
  return listPage(call, "dispute", {
    contains: { ...(charge ? { charge } : {}), ...(intent ? { payment_intent: intent } : {}) },
  });
}

export const disputeEndpoints: Endpoint[] = [
  { method: "get", path: "/v1/disputes", run: list },
  { method: "get", path: "/v1/disputes/:id", run: retrieve },
  { method: "post", path: "/v1/disputes/:id", run: update },
  {
    method: "post",
    path: "/v1/disputes/:id/close",
    run: async (call) => ok(await closeDispute(call.work, call.id, "lost")),
  },
];
