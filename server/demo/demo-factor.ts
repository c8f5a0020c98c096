/** The authenticator secret of every demo staff login: known to all, like their password. */
export const DEMO_TOTP_SECRET = "REMITDEMOREMITDEMOREMITDEMOREMIT";
