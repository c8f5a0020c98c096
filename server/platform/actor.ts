import { type AccountRight, type LoginRole } from "#db/schema/index.ts";

/** Who is asking, with the rights they hold at this moment. Made by app/http and the socket reader from the session. */
export type Actor =
  | {
      readonly kind: "customer";
      readonly loginId: string;
      readonly name: string;
      readonly email: string;
      readonly locale: string;
      /** The billing accounts this login reaches, and how far. */
      readonly accounts: ReadonlyMap<string, AccountRight>;
    }
  | {
      readonly kind: "staff";
      readonly loginId: string;
      readonly name: string;
      readonly email: string;
      readonly locale: string;
      readonly role: Exclude<LoginRole, "customer">;
    }
  /** A job, the command line, the demo seeder: may do what staff and customers may, and signs with its name. */
  | { readonly kind: "system"; readonly name: string }
  /** The payment processor telling us a fact. */
  | { readonly kind: "processor" }
  /** Whoever holds a pay link: one bill of one account, for as long as one request lasts. Never a session. */
  | { readonly kind: "guest"; readonly accountId: string; readonly invoiceId: string; readonly linkId: string }
  | { readonly kind: "anonymous" };

/** The login behind an actor, null for system, processor, guests and anonymous. */
export const loginIdOf = (actor: Actor): string | null => ("loginId" in actor ? actor.loginId : null);
