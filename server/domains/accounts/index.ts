export { type AccountDraft, createAccounts } from "./create-accounts.ts";
export { findAccountByNumber, getAccount, listAccountsByNumber, listRightsOf } from "./queries.ts";
export type { AccountRight } from "#db/schema/index.ts";
export { type Asker, readActor } from "./read-actor.ts";
export { type Account, lockAccount, lockAccounts, touchAccount, touchAccounts } from "./rows.ts";
