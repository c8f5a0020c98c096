import { stepAt, totpCode } from "#server/domains/auth/index.ts";

import { DEMO_TOTP_SECRET } from "./demo-factor.ts";

const STAFF = ["rep@demo.test", "supervisor@demo.test", "admin@demo.test"];

/** How to sign in to the demo, for whoever has just started it. A code lives 30 seconds and its neighbours count too. */
export function demoLines(nowMs: number): string[] {
  const code = totpCode(DEMO_TOTP_SECRET, stepAt(nowMs));
  const wide = Math.max(...STAFF.map((email) => email.length));
  return [
    "sign in with the password demo-remit-2026 as",
    "  customer@demo.test",
    ...STAFF.map((email) => `  ${email.padEnd(wide)}  authenticator key ${DEMO_TOTP_SECRET}, code now ${code}`),
    "the code changes every 30 seconds: npm run staff -- demo-code prints the present one",
  ];
}
