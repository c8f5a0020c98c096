export type { LoginRole } from "#db/schema/index.ts";
export { type Limited, limitAttempts } from "./limits.ts";
export { checkNewPassword, hashPassword, MIN_PASSWORD_LENGTH, type PasswordRefusal } from "./passwords.ts";
export { authorize, may, PERMISSIONS, type Permission } from "./policy.ts";
export { createSessions, type SessionOrigin, type Sessions, type SignedIn } from "./sessions.ts";
export { signInWithPassword, type SignInRefusal } from "./sign-in-with-password.ts";
