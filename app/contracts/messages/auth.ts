/** What the commands about signing in, passwords, invitations and staff may refuse with. */
export type AuthRefusal =
  | { reason: "wrong_email_or_password" | "wrong_code" | "wrong_password" | "wrong_factor" | "link_over" }
  | { reason: "wrong_passkey" | "too_many_passkeys" | "email_same" }
  | { reason: "proof_needed" | "no_factor" | "factor_required" }
  | { reason: "too_many_attempts"; retryAfterSeconds: number }
  | { reason: "password_too_short"; least: number }
  | { reason: "password_too_long"; most: number }
  | { reason: "password_too_common" }
  | { reason: "email_taken" | "belongs_to_staff" | "last_admin" | "already_decided" }
  | { reason: "has_access"; right: string };

/** One sentence or two: what happened, and what to do. */
export function authSentence(refusal: AuthRefusal): string {
  switch (refusal.reason) {
    case "wrong_email_or_password":
      return "This e-mail and password do not belong together. Check both, or have a code mailed to you.";
    case "wrong_code":
      return "This code does not work. It may be mistyped, used already or too old. You can have another one sent.";
    case "wrong_factor":
      return "This code does not work. Codes change every 30 seconds and each works once: type the one that stands there now.";
    case "wrong_passkey":
      return "This passkey does not open anything here. Try once more, or sign in another way.";
    case "too_many_passkeys":
      return "You have 20 passkeys. Remove one that you no longer use first.";
    case "email_same":
      return "You sign in with this address already.";
    case "proof_needed":
      return "That took a while. Confirm once more that it is you, then do it again.";
    case "no_factor":
      return "Two-step sign-in is not on. Turn it on first.";
    case "factor_required":
      return "Everybody who works here keeps two-step sign-in on.";
    case "wrong_password":
      return "This is not your present password.";
    case "link_over":
      return "This link has been used already, or its time is over.";
    case "too_many_attempts":
      return `This was tried too often. Wait ${waitWords(refusal.retryAfterSeconds)}, then try again.`;
    case "password_too_short":
      return `Use at least ${refusal.least} characters. Four or five words in a row are long and easy to remember.`;
    case "password_too_long":
      return `Use at most ${refusal.most} characters.`;
    case "password_too_common":
      return "This is one of the first passwords that attackers try. Choose one that only you would think of.";
    case "email_taken":
      return "Somebody signs in with this e-mail already. Use another address.";
    case "belongs_to_staff":
      return "This e-mail belongs to somebody on your staff, and staff do not reach billing accounts as customers.";
    case "last_admin":
      return "This is the last administrator. Make somebody else one first.";
    case "already_decided":
      return "Somebody has decided this request already.";
    case "has_access":
      return "Somebody with this e-mail reaches the account already.";
  }
}

function waitWords(seconds: number): string {
  if (seconds <= 90) return "a minute";
  return `${Math.ceil(seconds / 60)} minutes`;
}

/** What to do without phone and paper. */
export const lostFactorText = (role: string): string =>
  role === "customer"
    ? "No phone and no recovery code? Call us: we check who you are and let you in."
    : "No phone and no recovery code? An administrator can reset your second step.";

/** Why the browser came back without an answer. */
export const PASSKEY_TEXTS = {
  stopped: "Nothing was chosen, or it took too long. Try once more, or go another way.",
  unable: "This browser cannot use a passkey here.",
  known: "This device has a passkey for you already.",
  offline: "We cannot be reached just now. Try again in a moment.",
} as const;
