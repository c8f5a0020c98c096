import { withTransaction } from "#db/transaction.ts";
import { grantAccess } from "#server/domains/accounts/index.ts";
import { createLogin, giveTotp } from "#server/domains/auth/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { bug } from "#server/platform/faults.ts";

import { DEMO_TOTP_SECRET } from "./demo-factor.ts";

/** Everybody knows it: a database with it refuses to start where strangers or real money are. */
export const DEMO_PASSWORD = "demo-remit-2026";

export type Staff = Extract<Actor, { kind: "staff" }>;
export type Customer = Extract<Actor, { kind: "customer" }>;

type Person = { email: string; name: string };

async function make(ctx: Ctx, person: Person, role: "customer" | Staff["role"], password: string | null) {
  const made = await createLogin({ ctx, input: { ...person, role, password } });
  if (!made.ok) throw bug(`a demo login was refused: ${made.reason}`);
  const { id: loginId, name, email, locale } = made.value;
  return { loginId, name, email, locale };
}

export type DemoStaff = { rep: Staff; second: Staff; supervisor: Staff; admin: Staff };

/** Who answers: two reps, a supervisor, an admin. The second rep has no password and signs in with a code. */
export async function makeStaff(ctx: Ctx): Promise<DemoStaff> {
  const staff = async (role: Staff["role"], person: Person, password: string | null): Promise<Staff> => {
    const login = await make(ctx, person, role, password);
    await giveTotp({ ctx, input: { loginId: login.loginId, secret: DEMO_TOTP_SECRET } });
    return { kind: "staff", role, ...login };
  };
  const [rep, second, supervisor, admin] = await Promise.all([
    staff("rep", { email: "rep@demo.test", name: "Robin Vale" }, DEMO_PASSWORD),
    staff("rep", { email: "ines@demo.test", name: "Ines Moreau" }, null),
    staff("supervisor", { email: "supervisor@demo.test", name: "Dana Whitfield" }, DEMO_PASSWORD),
    staff("admin", { email: "admin@demo.test", name: "Avery Quist" }, DEMO_PASSWORD),
  ]);
  return { rep, second, supervisor, admin };
}

/** A customer who can sign in and manages one account. Without a password they use one-time codes. */
export async function makeCustomer(
  ctx: Ctx,
  { accountId, person, password = null }: { accountId: string; person: Person; password?: string | null },
): Promise<Customer> {
  const login = await make(ctx, person, "customer", password);
  const { loginId } = login;
  await withTransaction(ctx.db, (tx) => grantAccess(tx, { accountId, loginId, right: "manage" }));
  return { kind: "customer", ...login, accounts: new Map([[accountId, "manage"]]) };
}
