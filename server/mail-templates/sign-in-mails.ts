import { type SecurityChange } from "#server/domains/notifications/index.ts";

import { lasting, type Writer } from "./mail-content.ts";

const spaced = (code: string): string => code.replace(/(\d{4})(?=\d)/g, "$1 ");

export const signInCode: Writer<"sign_in_code"> = ({ code, minutes }, { biller }) => ({
  subject: `${spaced(code)} is your sign-in code`,
  preview: `For ${biller}. It works once, for ${lasting(minutes, "minute")}.`,
  heading: "Your sign-in code",
  hero: spaced(code),
  lines: [`Type it on the page you asked for it from. It works once, for ${lasting(minutes, "minute")}.`],
  after: [
    `Nobody at ${biller} will ever ask you for it. If you did not ask for a code, ignore this mail: nothing happens without it.`,
  ],
});

export const resetPassword: Writer<"reset_password"> = ({ path, minutes }, { biller }) => ({
  subject: `Choose a new password for ${biller}`,
  preview: `The link works once, for ${lasting(minutes, "minute")}.`,
  heading: "Choose a new password",
  lines: [`Somebody, we hope you, asked for a new password. The link works once, for ${lasting(minutes, "minute")}.`],
  action: { label: "Choose a new password", path },
  after: ["If it was not you, ignore this mail. Your password stays as it is."],
});

export const passwordChanged: Writer<"password_changed"> = ({ name }, { biller }) => ({
  subject: `Your password for ${biller} was changed`,
  preview: "If it was not you, choose a new one now.",
  heading: "Your password was changed",
  lines: [
    `${name}, the password of your login has just been changed. Everywhere else you were signed in, you are now signed out.`,
  ],
  action: { label: "It was not me: choose a new one", path: "/reset" },
  after: ["If it was you, there is nothing to do."],
});

const CHANGES: Record<SecurityChange, { what: string; line: string }> = {
  factor_on: {
    what: "Two-step sign-in is on",
    line: "Signing in asks for a code from your authenticator app from now on. Everywhere else you were signed in, you are now signed out.",
  },
  factor_off: {
    what: "Two-step sign-in is off",
    line: "Signing in no longer asks for a code from your authenticator app.",
  },
  factor_reset: {
    what: "Your second step was reset",
    line: "Somebody here took the authenticator app, the recovery codes and the passkeys off your login, and signed you out everywhere.",
  },
  codes_renewed: {
    what: "You have new recovery codes",
    line: "New recovery codes were made. The ones before no longer work.",
  },
  recovery_code_used: {
    what: "A recovery code was used",
    line: "Somebody, we hope you, signed in with one of your recovery codes. It does not work again.",
  },
  passkey_added: { what: "A passkey was added", line: "A new passkey can sign in as you." },
  passkey_removed: { what: "A passkey was removed", line: "One of your passkeys no longer signs in as you." },
};

export const securityChanged: Writer<"security_changed"> = ({ name, what }, { biller }) => ({
  subject: `${CHANGES[what].what}: ${biller}`,
  preview: "If it was not you, choose a new password now.",
  heading: CHANGES[what].what,
  lines: [`${name}, this is about how you sign in to ${biller}.`, CHANGES[what].line],
  action: { label: "It was not me: choose a new password", path: "/reset" },
  after: ["If it was you, there is nothing to do. If it was not, choose a new password, then write to us."],
});

export const confirmEmail: Writer<"confirm_email"> = ({ name, path, minutes }, { biller }) => ({
  subject: `Confirm this address for ${biller}`,
  preview: `The link works once, for ${lasting(minutes, "minute")}.`,
  heading: "Is this your address?",
  lines: [
    `${name} wants to sign in to ${biller} with this address. Nothing changes before you say so. The link works once, for ${lasting(minutes, "minute")}.`,
  ],
  action: { label: "Use this address", path },
  after: ["If you know nothing about it, ignore this mail: without the link, nothing happens."],
});

export const emailChanged: Writer<"email_changed"> = ({ name, email, path, hours }, { biller }) => ({
  subject: `You sign in to ${biller} with another address now`,
  preview: "If it was not you, undo it now.",
  heading: "Your e-mail address was changed",
  lines: [
    `${name}, from now on you sign in as ${email}. Everywhere you were signed in, you are now signed out.`,
    `If it was not you, the button gives your login this address back. It works once, for ${lasting(hours, "hour")}.`,
  ],
  action: { label: "It was not me: undo it", path },
  after: ["If it was you, there is nothing to do. Do not pass this mail on."],
});

export const claimCode: Writer<"claim_code"> = ({ accountNumber, code, minutes }, { biller }) => ({
  subject: `${spaced(code)} opens account ${accountNumber}`,
  preview: `For ${biller}. It works once, for ${lasting(minutes, "minute")}.`,
  heading: `A code for account ${accountNumber}`,
  hero: spaced(code),
  lines: [
    `Somebody with the account number and postal code of account ${accountNumber} asked to manage it online. This address is the one we have on file for it, so the code comes to you.`,
    `It works once, for ${lasting(minutes, "minute")}.`,
  ],
  after: [`If it was not you, tell nobody the code and let us know. Without it, nobody gets in.`],
});

export const claimRefused: Writer<"claim_refused"> = ({ accountNumber }, { biller }) => ({
  subject: `We could not confirm account ${accountNumber}`,
  preview: "Call us, or write to us, and we look at it together.",
  heading: "We could not confirm that the account is yours",
  lines: [
    `You asked ${biller} to manage account ${accountNumber} online. What we have on file does not tell us that it is yours, so we have not opened it.`,
    "Call us with a bill at hand, or answer by letter. We are glad to look at it together.",
  ],
});

export const invite: Writer<"invite"> = ({ accountNumber, accountName, path, days }, { biller }) => ({
  subject: `See and pay your bills from ${biller} online`,
  preview: `Account ${accountNumber}. The invitation works for ${lasting(days, "day")}.`,
  heading: "Your bills, online",
  lines: [
    `${biller} invites you to account ${accountNumber} (${accountName}). You see what is owed and why, pay it, and ask us about any line.`,
  ],
  action: { label: "Open the account", path },
  after: [`The invitation works once, for ${lasting(days, "day")}. It opens the account, so do not pass it on.`],
});

export const staffInvite: Writer<"staff_invite"> = ({ name, role, path, days }, { biller }) => ({
  subject: `Join ${biller} on Remit`,
  preview: `As ${roleWords[role] ?? role}. The invitation works for ${lasting(days, "day")}.`,
  heading: `Welcome to ${biller}`,
  lines: [`${name}, you are invited to answer customers and work on their accounts as ${roleWords[role] ?? role}.`],
  action: { label: "Accept the invitation", path },
  after: [`It works once, for ${lasting(days, "day")}. If you do not know what this is about, ignore it.`],
});

const roleWords: Record<string, string> = {
  rep: "a billing representative",
  supervisor: "a supervisor",
  admin: "an administrator",
};
