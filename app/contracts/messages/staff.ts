export const ROLE_NAMES = { rep: "Rep", supervisor: "Supervisor", admin: "Admin" } as const;

/** What a role may do, in a line: where somebody chooses one. */
export const ROLE_MEANINGS = {
  rep: "Answers customers, gives credits and decides disputes within the rep's limits",
  supervisor: "A rep with higher limits, who also imports books",
  admin: "Everything, with staff, business and policies",
} as const;

/** Why something about a login was refused, as a command or a form reports it. */
export type StaffRefusalFacts =
  | { reason: "email_taken" }
  | { reason: "last_admin" }
  | { reason: "password_too_short"; least: number }
  | { reason: "password_too_long"; most: number }
  | { reason: "password_too_common" };

export function staffRefusalText(refusal: StaffRefusalFacts): string {
  switch (refusal.reason) {
    case "email_taken":
      return "Somebody signs in with this e-mail address already.";
    case "last_admin":
      return "This is the last admin who can sign in. Make somebody else an admin first.";
    case "password_too_short":
      return `The password needs at least ${String(refusal.least)} characters.`;
    case "password_too_long":
      return `The password may have at most ${String(refusal.most)} characters.`;
    case "password_too_common":
      return "This password is among the first ones an attacker tries. Choose another.";
  }
}

export const STAFF_FIELD_TEXTS = {
  email: "Enter an e-mail address, such as sam@example.com.",
  name: "Enter a name.",
  nameTooLong: "The name may have at most 120 characters.",
  role: "Choose a role: rep, supervisor or admin.",
  reason: "Say why, for the log.",
} as const;
