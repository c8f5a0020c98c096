export { endLeftImports, endStoppedImport, IMPORT_TRIES, type StoppedImport } from "./end-stopped-import.ts";
export { guessColumns, IMPORT_FIELDS, type ImportField, type ImportMap, importMapSchema } from "./map.ts";
export { getImportRun, type ImportFileFacts, type ImportRun, listImportRuns } from "./queries.ts";
export { requestImport } from "./request-import.ts";
export {
  type ImportInput,
  type ImportOutcome,
  type ImportProblem,
  type ImportProgress,
  runImport,
} from "./run-import.ts";
export { runRequestedImport } from "./run-requested-import.ts";
export { type FileRefusal } from "./stage-file.ts";
export { uploadImport } from "./upload-import.ts";
