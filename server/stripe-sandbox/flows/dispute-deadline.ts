import { findDocument } from "../store/documents.ts";
import { type Work } from "../store/work.ts";
import { closeDispute } from "./close-dispute.ts";

/** Nobody answered in time: the bank decides for its customer. What was answered stays under review. */
export async function endOfDispute(work: Work, id: string): Promise<void> {
  const dispute = await findDocument(work, "dispute", id);
  if (dispute?.doc.status === "needs_response" || dispute?.doc.status === "warning_needs_response")
    await closeDispute(work, id, "lost");
}
