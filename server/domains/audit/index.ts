export { type AuditDraft, recordAudit } from "./record-audit.ts";
export { type AuditEntry, listAudit, type ListAudit } from "./list-audit.ts";
