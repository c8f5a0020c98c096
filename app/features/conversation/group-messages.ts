import { dateFormat } from "#app/contracts/date-format.ts";
import { type ThreadMessage } from "#app/contracts/realtime/thread.ts";

/** Messages of one sender that follow each other closely, shown under one name. */
export type MessageRun = {
  key: string;
  sender: ThreadMessage["sender"];
  kind: "talk" | "note" | "alone";
  messages: ThreadMessage[];
};
export type ThreadDay = { key: string; firstAt: Date; runs: MessageRun[] };

const CLOSE_MS = 5 * 60_000;
const QUARTER_MS = 15 * 60_000;

/** By day in the reader's zone, then by sender. Cards and events stand alone; a note never shares a run with talk. */
export function groupMessages(messages: readonly ThreadMessage[], zone: string): ThreadDay[] {
  const dayOf = dateFormat("en-CA", { timeZone: zone, dateStyle: "short" });
  const days: ThreadDay[] = [];
  let quarter = Number.NaN;
  for (const message of messages) {
    const at = new Date(message.createdAt);
    let day = days.at(-1);
    // Everywhere days begin with a quarter of an hour: within one nothing needs to be asked.
    if (!day || Math.floor(at.getTime() / QUARTER_MS) !== quarter) {
      quarter = Math.floor(at.getTime() / QUARTER_MS);
      const key = dayOf.format(at);
      if (day?.key !== key) days.push((day = { key, firstAt: at, runs: [] }));
    }
    const run = day.runs.at(-1);
    if (run && belongs(run, message)) run.messages.push(message);
    else day.runs.push({ key: message.id, sender: message.sender, kind: kindOf(message), messages: [message] });
  }
  return days;
}

function kindOf({ kind }: ThreadMessage): MessageRun["kind"] {
  if (kind === "note") return "note";
  return kind === "text" ? "talk" : "alone";
}

function belongs(run: MessageRun, message: ThreadMessage): boolean {
  const last = run.messages.at(-1);
  if (!last || run.kind === "alone" || kindOf(message) !== run.kind) return false;
  const close = Date.parse(message.createdAt) - Date.parse(last.createdAt) < CLOSE_MS;
  return close && run.sender.loginId === message.sender.loginId && run.sender.role === message.sender.role;
}
