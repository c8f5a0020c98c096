import { ACCOUNT_LABELS, AUDIT_WORDS } from "#app/contracts/messages/accounts.ts";
import { Moment } from "#app/ui/date.tsx";
import { Table } from "#app/ui/table.tsx";
import type { AuditEntry } from "#server/domains/audit/index.ts";

/** Who did what about an account, the newest first, with what stood before and after. */
export function LogTable({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <Table
      caption="Log of changes"
      rows={entries}
      rowKey={(entry) => String(entry.id)}
      columns={[
        { key: "what", header: "What", phone: "title", cell: (entry) => <What entry={entry} /> },
        { key: "who", header: "Who", phone: "sub", cell: (entry) => entry.by ?? ACTORS[entry.actorKind] },
        { key: "when", header: "When", phone: "end", align: "end", cell: (entry) => <Moment at={entry.at} /> },
      ]}
    />
  );
}

const ACTORS: Record<AuditEntry["actorKind"], string> = {
  customer: "A customer",
  staff: "Staff",
  system: "The system",
  processor: "The payment processor",
};

function What({ entry }: { entry: AuditEntry }) {
  const changes = changesOf(entry);
  return (
    <>
      <span className="font-medium">{AUDIT_WORDS[entry.action] ?? plainWords(entry.action)}</span>
      {entry.reason ? (
        <span className="text-ink-2">
          {" "}
          · <bdi>{entry.reason}</bdi>
        </span>
      ) : null}
      {changes.map(({ label, before, after }) => (
        <span key={label} className="block text-ink-2">
          {label}:{" "}
          {before === null ? null : (
            <s className="text-ink-3">
              <bdi>{before}</bdi>
            </s>
          )}{" "}
          <bdi>{after}</bdi>
        </span>
      ))}
    </>
  );
}

/** `payment.manual_recorded` → "Payment manual recorded": readable, also for what has no words of its own yet. */
function plainWords(action: string): string {
  const words = action.replace(/[._]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type Change = { label: string; before: string | null; after: string };

const MOST_SHOWN = 8;

function changesOf({ before, after }: AuditEntry): Change[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  return Object.keys({ ...old, ...now })
    .filter((name) => !name.endsWith("Id") && name !== "id" && name !== "createdAt")
    .map((name) => ({ label: labelOf(name), before: textOf(old[name]), after: textOf(now[name]) ?? "nothing" }))
    .filter((change) => change.before !== change.after && !(change.before === null && change.after === "nothing"))
    .slice(0, MOST_SHOWN);
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};

const isLabelled = (name: string): name is keyof typeof ACCOUNT_LABELS => Object.hasOwn(ACCOUNT_LABELS, name);
const labelOf = (name: string): string =>
  name === "isPrimary"
    ? "Called first"
    : isLabelled(name)
      ? ACCOUNT_LABELS[name]
      : plainWords(name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));

function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === "" || value === false) return null;
  if (value === true) return "yes";
  if (typeof value === "object") return Object.values(value).filter(Boolean).map(String).join(", ") || null;
  return String(value as string | number | boolean);
}
