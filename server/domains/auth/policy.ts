import { ownOf } from "#app/contracts/own-of.ts";
import { type AccountRight, type LoginRole } from "#db/schema/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { bug, forbidden, Fault, notFound } from "#server/platform/faults.ts";

export type StaffRole = Exclude<LoginRole, "customer">;

/**
 * Who may: a customer with at least this right on the account, staff of at least this role, and whether a guest may who
 * holds the pay link of exactly the bill concerned.
 */
type Rule = { readonly customer: AccountRight | false; readonly staff: StaffRole | false; readonly guest: boolean };

const rule = (customer: AccountRight | false, staff: StaffRole | false): Rule => ({ customer, staff, guest: false });
const alsoGuests = (own: Rule): Rule => ({ ...own, guest: true });

/**
 * What is asked about: an account; or, where a guest may be asking, the bills concerned, or the pay link that a payment
 * was made through. A guest asking about an account as a whole is always refused.
 */
export type Subject =
  | string
  | { readonly accountId: string; readonly invoiceIds: readonly string[] }
  | { readonly accountId: string; readonly payLinkId: string | null };

/** Every command and query that a person can reach. What is not named here cannot be authorised at all. */
export const PERMISSIONS = {
  "account.view": rule("view", "rep"),
  "account.edit": rule(false, "rep"),
  "account.invite": rule("manage", "rep"),
  "account.people": rule("manage", "rep"),
  "account.search": rule(false, "rep"),
  "account.release_import": rule(false, "supervisor"),
  "invoice.view": alsoGuests(rule("view", "rep")),
  "invoice.issue": rule(false, "rep"),
  "pay_link.manage": rule(false, "rep"),
  "payment.view": alsoGuests(rule("view", "rep")),
  "payment.make": alsoGuests(rule("pay", false)),
  "payment.record": rule(false, "rep"),
  "autopay.set_up": rule("pay", false),
  "autopay.stop": rule("pay", "rep"),
  "payment.refund": rule(false, "rep"),
  "payment.deposit": rule(false, "rep"),
  "event.work_off": rule(false, "supervisor"),
  "plan.view": rule("view", "rep"),
  "plan.propose": rule("pay", false),
  "plan.accept": rule("pay", false),
  "plan.offer": rule(false, "rep"),
  "plan.approve": rule(false, "rep"),
  "plan.decline": rule("pay", "rep"),
  "plan.cancel": rule(false, "rep"),
  "plan.pay": rule("pay", false),
  "promise.make": rule("pay", "rep"),
  "statement.issue": rule(false, "rep"),
  "statement.wish": rule("view", "rep"),
  "collections.pause": rule(false, "rep"),
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
  "conversation.take_over": rule(false, "rep"),
  "conversation.queue": rule(false, "rep"),
  "file.upload": rule("view", "rep"),
  "file.read": rule("view", "rep"),
  "business.view": rule(false, "rep"),
  "business.edit": rule(false, "admin"),
  "policy.edit": rule(false, "admin"),
  "staff.manage": rule(false, "admin"),
  "login.reset_factor": rule(false, "supervisor"),
  "import.run": rule(false, "supervisor"),
  "claim_request.decide": rule(false, "rep"),
  "books.view": rule(false, "supervisor"),
} as const satisfies Record<string, Rule>;

export type Permission = keyof typeof PERMISSIONS;

const RIGHTS: readonly AccountRight[] = ["view", "pay", "manage"];
export const ROLES: readonly StaffRole[] = ["rep", "supervisor", "admin"];

/** What stands under a name that the table does not hold. */
const NOBODY = rule(false, false);

/** Whether `actor` may, about what is named (customers and guests always need it). */
export function may(actor: Actor, permission: Permission, subject?: Subject): boolean {
  const { customer, staff, guest } = ownOf<Rule>(PERMISSIONS, permission) ?? NOBODY;
  const accountId = accountOf(subject);
  switch (actor.kind) {
    case "system":
      return true;
    case "staff":
      return staff !== false && ROLES.indexOf(actor.role) >= ROLES.indexOf(staff);
    case "customer": {
      const right = accountId === undefined ? undefined : actor.accounts.get(accountId);
      return customer !== false && right !== undefined && RIGHTS.indexOf(right) >= RIGHTS.indexOf(customer);
    }
    case "guest":
      return guest && subject !== undefined && isOfLink(subject, actor);
    case "processor":
    case "anonymous":
      return false;
  }
}

const accountOf = (subject: Subject | undefined): string | undefined =>
  typeof subject === "object" ? subject.accountId : subject;

/** Nothing but the link's own bill, or a payment that was made through the link (and so on that bill alone). */
function isOfLink(subject: Subject, guest: Extract<Actor, { kind: "guest" }>): boolean {
  if (typeof subject === "string" || subject.accountId !== guest.accountId) return false;
  if ("payLinkId" in subject) return subject.payLinkId === guest.linkId;
  return subject.invoiceIds.length > 0 && subject.invoiceIds.every((id) => id === guest.invoiceId);
}

/**
 * Lets the actor pass or throws. A customer asking about an account that is not theirs hears `not_found`, as for one
 * that does not exist; on their own account, with too small a right, `forbidden`. Guests hear `not_found`, always.
 */
export function authorize(actor: Actor, permission: Permission, subject?: Subject): void {
  if (may(actor, permission, subject)) return;
  const accountId = accountOf(subject);
  if (actor.kind === "anonymous") throw new Fault("unauthenticated", permission);
  if (actor.kind === "guest") throw notFound("bill");
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
