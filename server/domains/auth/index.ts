export type { LoginRole } from "#db/schema/index.ts";
export { acceptStaffInvite } from "./accept-staff-invite.ts";
export { changePassword } from "./change-password.ts";
export { changeProfile } from "./change-profile.ts";
export { changeStaffRole } from "./change-staff-role.ts";
export { createLogin } from "./create-login.ts";
export { emailKey } from "./email-address.ts";
export { endAllSessions } from "./end-all-sessions.ts";
export { endSession } from "./end-session.ts";
export { inEvenTime } from "./even-time.ts";
export { inviteStaff } from "./invite-staff.ts";
export { type Limited, limitAttempts, type TooManyAttempts } from "./limits.ts";
export { findLink, spendLink, storeLink } from "./link-tokens.ts";
export { CODE_MINUTES, makeCode, revokeCodes, spendCode, storeCode } from "./one-time-codes.ts";
export { checkNewPassword, hashPassword, MIN_PASSWORD_LENGTH, type PasswordRefusal } from "./passwords.ts";
export { authorize, may, PERMISSIONS, type Permission, type StaffRole, type Subject } from "./policy.ts";
export {
  getLogin,
  listOpenInvites,
  listSessions,
  listStaff,
  listStaffInvites,
  type LoginFacts,
  type OpenSession,
  type StaffInvite,
} from "./queries.ts";
export { requestPasswordReset } from "./request-password-reset.ts";
export { requestSignInCode } from "./request-sign-in-code.ts";
export { resetPassword } from "./reset-password.ts";
export { restoreLogin } from "./restore-login.ts";
export { findLoginByEmail, insertLogin, type Login, lockLogin } from "./rows.ts";
export { createSessions, type SessionOrigin, type Sessions, type SignedIn } from "./sessions.ts";
export { signInWithCode } from "./sign-in-with-code.ts";
export { signInWithPassword, type SignInRefusal } from "./sign-in-with-password.ts";
export { suspendLogin } from "./suspend-login.ts";
