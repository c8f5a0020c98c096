import { type ThreadFile } from "#app/contracts/realtime/thread.ts";

/** A message that has been written but not yet acknowledged. It survives a reload of the page. */
export type Pending = {
  clientId: string;
  body: string;
  asNote: boolean;
  fileIds: string[];
  files: ThreadFile[];
  /** How far its writer had read; null to send it whatever came meanwhile. */
  seenSeq: number | null;
  /** ISO 8601. */
  writtenAt: string;
  /** waiting: for a connection. failed and stale ask the writer. */
  status: "sending" | "waiting" | "failed" | "stale";
  /** Why it failed, in words. */
  sentence: string | null;
};

/** Where unsent messages of one login in one conversation are kept: this tab, and gone with it. */
export type OutboxStore = { read(): Pending[]; write(pending: readonly Pending[]): void };

export function createOutboxStore({
  loginId,
  conversationId,
}: {
  loginId: string;
  conversationId: string;
}): OutboxStore {
  const key = `outbox ${loginId} ${conversationId}`;
  return {
    read() {
      const text = typeof sessionStorage === "undefined" ? null : sessionStorage.getItem(key);
      return text === null ? [] : parse(text);
    },
    write(pending) {
      if (typeof sessionStorage === "undefined") return;
      if (pending.length === 0) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(pending));
    },
  };
}

/** Only this module writes under the key; what is not a list is thrown away. Whatever was on its way is sent again. */
function parse(text: string): Pending[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) return [];
  return (parsed as Pending[]).map((one) => (one.status === "sending" ? { ...one, status: "waiting" } : one));
}
