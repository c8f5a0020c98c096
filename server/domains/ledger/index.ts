export { finishAction } from "./finish-action.ts";
export { type EntryDraft, type JournalDraft, type PostedJournal, postJournals } from "./post-journals.ts";
export { getAction, getLedgerBalances, listActions } from "./queries.ts";
export {
  type ActionDraft,
  findStartedAction,
  type MoneyAction,
  startAction,
  startActions,
  type StartedAction,
} from "./start-action.ts";
