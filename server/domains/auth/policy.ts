import { type AccountRight, type LoginRole } from "#db/schema/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { bug, forbidden, Fault, notFound } from "#server/platform/faults.ts";

export type StaffRole = Exclude<LoginRole, "customer">;

/** Who may: a customer with at least this right on the account, and staff of at least this role. */
type Rule = { readonly customer: AccountRight | false; readonly staff: StaffRole | false };

const rule = (customer: AccountRight | false, staff: StaffRole | false): Rule => ({ customer, staff });

/** Every command and query that a person can reach. What is not named here cannot be authorised at all. */
export const PERMISSIONS = {
  "account.view": rule("view", "rep"),
  "account.edit": rule(false, "rep"),
  "account.invite": rule(false, "rep"),
  "account.search": rule(false, "rep"),
  "account.release_import": rule(false, "supervisor"),
  "invoice.view": rule("view", "rep"),
  "invoice.issue": rule(false, "rep"),
  "payment.view": rule("view", "rep"),
  "payment.make": rule("pay", false),
  "payment.record": rule(false, "rep"),
  "method.save": rule("pay", false),
  "method.remove": rule("pay", false),
  "credit.give": rule(false, "rep"),
  "dispute.view": rule("view", "rep"),
  "dispute.file": rule("view", false),
  "dispute.withdraw": rule("view", false),
  "dispute.appeal": rule("view", false),
  "dispute.work": rule(false, "rep"),
  "dispute.resolve": rule(false, "rep"),
  "conversation.view": rule("view", "rep"),
  "conversation.start": rule("view", "rep"),
  "conversation.write": rule("view", "rep"),
  "conversation.note": rule(false, "rep"),
  "conversation.claim": rule(false, "rep"),
  "conversation.queue": rule(false, "rep"),
  "file.upload": rule("view", "rep"),
  "file.read": rule("view", "rep"),
  "business.view": rule(false, "rep"),
  "business.edit": rule(false, "admin"),
  "policy.edit": rule(false, "admin"),
  "staff.manage": rule(false, "admin"),
  "import.run": rule(false, "supervisor"),
  "claim_request.decide": rule(false, "rep"),
  "books.view": rule(false, "supervisor"),
} as const satisfies Record<string, Rule>;

export type Permission = keyof typeof PERMISSIONS;

const RIGHTS: readonly AccountRight[] = ["view", "pay", "manage"];
export const ROLES: readonly StaffRole[] = ["rep", "supervisor", "admin"];

/** Whether `actor` may, about the account named (customers always need one). */
export function may(actor: Actor, permission: Permission, accountId?: string): boolean {
  const { customer, staff }: Rule = PERMISSIONS[permission];
  switch (actor.kind) {
    case "system":
      return true;
    case "staff":
      return staff !== false && ROLES.indexOf(actor.role) >= ROLES.indexOf(staff);
    case "customer": {
      const right = accountId === undefined ? undefined : actor.accounts.get(accountId);
      return customer !== false && right !== undefined && RIGHTS.indexOf(right) >= RIGHTS.indexOf(customer);
    }
    case "processor":
    case "anonymous":
      return false;
  }
}

/**
 * Lets the actor pass or throws. A customer asking about an account that is not theirs hears `not_found`, as for one
 * that does not exist; on their own account, with too small a right, `forbidden`.
 */
export function authorize(actor: Actor, permission: Permission, accountId?: string): void {
  if (may(actor, permission, accountId)) return;
  if (actor.kind === "anonymous") throw new Fault("unauthenticated", permission);
  if (actor.kind === "customer" && accountId !== undefined && !actor.accounts.has(accountId)) throw notFound("account");
  throw forbidden(permission);
}

/** For commands about a person's own login: customers and staff alike, nobody else. */
export function requireOwnLogin(actor: Actor): Extract<Actor, { loginId: string }> {
  if ("loginId" in actor) return actor;
  throw new Fault("unauthenticated", "own login");
}

/** The role that an invitation of ours names. Throws a fault for anything else: nobody but us writes them. */
export function asStaffRole(text: string | undefined): StaffRole {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw bug("an invitation without a role");
  return role;
}
