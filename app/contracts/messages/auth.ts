/** What the commands about signing in, passwords, invitations and staff may refuse with. */
export type AuthRefusal =
  | { reason: "wrong_email_or_password" | "wrong_code" | "wrong_password" | "link_over" }
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
