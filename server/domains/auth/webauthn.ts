/** Loaded with the first passkey, not at every start: with what it stands on, it is a tenth of all that a start reads. */
export const loadWebauthn = () => import("@simplewebauthn/server");
