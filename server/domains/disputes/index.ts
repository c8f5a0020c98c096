export { closeImportedDisputes, type ImportedDispute, openImportedDisputes } from "./open-imported-disputes.ts";
