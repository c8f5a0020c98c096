export { type AccountDraft, createAccounts } from "./create-accounts.ts";
export { findAccountByNumber, getAccount, listAccountsByNumber, listRightsOf } from "./queries.ts";
export { type Asker, readActor } from "./read-actor.ts";
export { type Account, lockAccount, lockAccounts, touchAccount, touchAccounts } from "./rows.ts";
