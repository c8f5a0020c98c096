export type { LoginRole } from "#db/schema/index.ts";
export { acceptStaffInvite } from "./accept-staff-invite.ts";
export { addPasskey } from "./add-passkey.ts";
export { changePassword } from "./change-password.ts";
export { changeProfile } from "./change-profile.ts";
export { changeStaffRole } from "./change-staff-role.ts";
export { confirmEmailChange } from "./confirm-email-change.ts";
export { confirmTotp } from "./confirm-totp.ts";
export { createLogin } from "./create-login.ts";
export { emailKey } from "./email-address.ts";
export { endAllSessions } from "./end-all-sessions.ts";
export { endSession } from "./end-session.ts";
export { giveTotp } from "./give-totp.ts";
export { inEvenTime } from "./even-time.ts";
export { inviteStaff } from "./invite-staff.ts";
export { deviceCookie } from "./known-devices.ts";
export { type Limited, limitAttempts, type TooManyAttempts } from "./limits.ts";
export { findLink, revokeInviteLink, spendLink, storeLink } from "./link-tokens.ts";
export { CODE_MINUTES, makeCode, revokeCodes, spendCode, storeCode } from "./one-time-codes.ts";
export { offerPasskey } from "./offer-passkey.ts";
export type { PasskeyPurpose } from "./passkey-challenges.ts";
export { readMailWishes, wishMails } from "./mail-wishes.ts";
export {
  checkNewPassword,
  hashPassword,
  MIN_PASSWORD_LENGTH,
  type PasswordRefusal,
  passwordFits,
} from "./passwords.ts";
export { authorize, may, PERMISSIONS, type Permission, type StaffRole, type Subject } from "./policy.ts";
export { proveAgain, type Proof } from "./prove-again.ts";
export { proveSecondFactor } from "./prove-second-factor.ts";
export {
  getLogin,
  listOpenInvites,
  listPasskeys,
  listSessions,
  listStaff,
  listStaffInvites,
  type LoginFacts,
  type OpenSession,
  type OwnPasskey,
  type StaffInvite,
} from "./queries.ts";
export { isRecentlyProved, PROOF_MINUTES, type ProofNeeded } from "./recent-proof.ts";
export { removePasskey } from "./remove-passkey.ts";
export { renewRecoveryCodes } from "./renew-recovery-codes.ts";
export { requestEmailChange } from "./request-email-change.ts";
export { requestPasswordReset } from "./request-password-reset.ts";
export { requestSignInCode } from "./request-sign-in-code.ts";
export { resetPassword } from "./reset-password.ts";
export { resetSecondFactor } from "./reset-second-factor.ts";
export { restoreLogin } from "./restore-login.ts";
export { findLoginByEmail, insertLogin, type Login, lockLogin } from "./rows.ts";
export { getSecondFactor, hasSecondFactor, type SecondFactor } from "./second-factor.ts";
export { createSessions, type HalfSignedIn, type SessionOrigin, type Sessions, type SignedIn } from "./sessions.ts";
export { signInWithCode } from "./sign-in-with-code.ts";
export { signInWithPasskey } from "./sign-in-with-passkey.ts";
export { signInWithPassword, type SignInRefusal } from "./sign-in-with-password.ts";
export { startTotp } from "./start-totp.ts";
export { stepAt, totpCode } from "./totp.ts";
export { turnOffSecondFactor } from "./turn-off-second-factor.ts";
export { suspendLogin } from "./suspend-login.ts";
export { undoEmailChange } from "./undo-email-change.ts";
