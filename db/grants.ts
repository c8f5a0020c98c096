/**
 * What the application's role may do. It cannot alter the schema, nor touch what is append-only once it stands:
 * journals, entries, allocations, audit, messages (TRUST.md S66, S67). Run by the owner after every migration.
 */
const APPEND_ONLY = [
  "journals",
  "entries",
  "allocations",
  "claim_changes",
  "audit_entries",
  "messages",
  "message_files",
  "dispute_events",
  "invoice_events",
  "policy_versions",
  "credits",
  "credit_lines",
  "payment_bills",
  "statements",
  "refund_bills",
];

/** The statements that give `role` its rights; `role` is quoted by the caller's SQL library or checked here. */
export function grantStatements(role: string): string[] {
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(role)) throw new Error(`unexpected role name ${JSON.stringify(role)}`);
  return [
    `grant usage on schema public to "${role}"`,
    `revoke create on schema public from public, "${role}"`,
    `grant select, insert, update, delete on all tables in schema public to "${role}"`,
    `grant usage, select on all sequences in schema public to "${role}"`,
    `revoke update, delete, truncate on ${APPEND_ONLY.join(", ")} from "${role}"`,
    `grant execute on all functions in schema public to "${role}"`,
  ];
}
