export { guessColumns, IMPORT_FIELDS, type ImportField, type ImportMap, importMapSchema } from "./map.ts";
export {
  type ImportInput,
  type ImportOutcome,
  type ImportProblem,
  type ImportProgress,
  runImport,
} from "./run-import.ts";
export { type FileRefusal } from "./stage-file.ts";
