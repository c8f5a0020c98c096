/**
 * Who may reach each route. A test enumerates `app/routes.ts` and fails for a route without a row and for a row without
 * a route. A row says who gets past the door; which account, and which of its things, the domains decide.
 */
export type RouteRule = {
  /** Somebody who has not signed in. */
  readonly anonymous: boolean;
  /** A customer with at least this right on the account concerned; `own` for pages about their own login. */
  readonly customer: "own" | "view" | "pay" | "manage" | false;
  /** Staff of at least this role. */
  readonly staff: "rep" | "supervisor" | "admin" | false;
  /** The address holds a signed token, and that alone decides what is seen: a session adds nothing to it. */
  readonly token?: true;
};

const anyone: RouteRule = { anonymous: true, customer: "own", staff: "rep" };
const token: RouteRule = { ...anyone, token: true };
const customer = (right: "own" | "view" | "pay" | "manage"): RouteRule => ({
  ...{ anonymous: false, staff: false },
  customer: right,
});
/** About one's own login, customers and staff alike. Whoever has a step of signing in left reaches that step alone. */
const signedIn: RouteRule = { anonymous: false, customer: "own", staff: "rep" };
const staff = (role: "rep" | "supervisor" | "admin"): RouteRule => ({
  ...{ anonymous: false, customer: false },
  staff: role,
});

export const ROUTE_POLICY: Readonly<Record<string, RouteRule>> = {
  "routes/index.tsx": anyone,
  "routes/logo.ts": anyone,
  "routes/theme.tsx": anyone,
  "routes/file.ts": { anonymous: false, customer: "view", staff: "rep" },

  "routes/auth/_layout.tsx": anyone,
  "routes/auth/sign-in.tsx": anyone,
  "routes/auth/second-step.tsx": signedIn,
  "routes/auth/second-factor.tsx": signedIn,
  "routes/auth/confirm.tsx": signedIn,
  "routes/auth/passkey-offer.ts": anyone,
  "routes/auth/email-link.tsx": anyone,
  "routes/auth/sign-out.tsx": anyone,
  "routes/auth/reset.tsx": anyone,
  "routes/auth/new-password.tsx": anyone,
  "routes/auth/claim.tsx": anyone,
  "routes/auth/invite.tsx": anyone,
  "routes/auth/lookup.tsx": anyone,
  "routes/auth/unsubscribe.tsx": token,

  "routes/pay/_layout.tsx": anyone,
  "routes/pay/link.tsx": token,
  "routes/pay/paid.tsx": token,
  "routes/pay/bill-pdf.ts": token,
  "routes/pay/receipt-pdf.ts": token,
  "routes/pay/opened.ts": token,

  "routes/portal/_layout.tsx": customer("own"),
  "routes/portal/account.tsx": customer("view"),
  "routes/portal/disputes.tsx": customer("view"),
  "routes/portal/dispute-new.tsx": customer("view"),
  "routes/portal/dispute.tsx": customer("view"),
  "routes/portal/plan-new.tsx": customer("view"),
  "routes/portal/promise.tsx": customer("view"),
  "routes/portal/plan.tsx": customer("view"),
  "routes/portal/pay.tsx": customer("view"),
  "routes/portal/payment.tsx": customer("view"),
  "routes/portal/accounts.tsx": customer("own"),
  "routes/portal/activity.tsx": customer("view"),
  "routes/portal/bills.tsx": customer("view"),
  "routes/portal/bill.tsx": customer("view"),
  "routes/portal/bill-pdf.ts": customer("view"),
  "routes/portal/bill-opened.ts": customer("view"),
  "routes/portal/messages/index.tsx": customer("view"),
  "routes/portal/messages/thread.tsx": customer("view"),
  "routes/portal/messages/active.ts": customer("view"),
  "routes/portal/receipt-pdf.ts": customer("view"),
  "routes/portal/methods.tsx": customer("view"),
  "routes/portal/method-new.tsx": customer("pay"),
  "routes/portal/autopay.tsx": customer("view"),
  "routes/portal/statements.tsx": customer("view"),
  "routes/portal/statements-pdf.ts": customer("view"),
  "routes/portal/statements-csv.ts": customer("view"),

  "routes/portal/settings.tsx": customer("own"),
  "routes/portal/security.tsx": customer("own"),
  "routes/portal/notice-settings.tsx": customer("own"),
  "routes/portal/notices.tsx": customer("view"),
  "routes/portal/people.tsx": customer("manage"),

  "routes/console/_layout.tsx": staff("rep"),
  "routes/console/inbox.tsx": staff("rep"),
  "routes/console/inbox-empty.tsx": staff("rep"),
  "routes/console/conversation.tsx": staff("rep"),
  "routes/console/conversation-move.ts": staff("rep"),
  "routes/console/conversation-credit.ts": staff("rep"),
  "routes/console/disputes.tsx": staff("rep"),
  "routes/console/dispute.tsx": staff("rep"),
  "routes/console/dispute-decide.ts": staff("rep"),
  "routes/console/dispute-step.ts": staff("rep"),
  "routes/console/settings.tsx": staff("rep"),
  "routes/console/security.tsx": staff("rep"),
  "routes/console/accounts/index.tsx": staff("rep"),
  "routes/console/accounts/account.tsx": staff("rep"),
  "routes/console/accounts/overview.tsx": staff("rep"),
  "routes/console/accounts/statements.tsx": staff("rep"),
  "routes/console/accounts/statements-pdf.ts": staff("rep"),
  "routes/console/accounts/statements-csv.ts": staff("rep"),
  "routes/console/accounts/bills.tsx": staff("rep"),
  "routes/console/accounts/bill-pdf.ts": staff("rep"),
  "routes/console/accounts/bill.tsx": staff("rep"),
  "routes/console/accounts/payments.tsx": staff("rep"),
  "routes/console/accounts/payment-record.tsx": staff("rep"),
  "routes/console/accounts/payment.tsx": staff("rep"),
  "routes/console/deposits.tsx": staff("rep"),
  "routes/console/accounts/plans.tsx": staff("rep"),
  "routes/console/plans.tsx": staff("rep"),
  "routes/console/accounts/people.tsx": staff("rep"),
  "routes/console/accounts/details.tsx": staff("rep"),
  "routes/console/accounts/reminders.tsx": staff("rep"),
  "routes/console/accounts/log.tsx": staff("rep"),
  "routes/console/business.tsx": staff("admin"),
  "routes/console/policies.tsx": staff("admin"),
  "routes/console/claims.tsx": staff("rep"),
  "routes/console/parked.tsx": staff("supervisor"),
  "routes/console/staff.tsx": staff("admin"),
  "routes/console/imports/index.tsx": staff("supervisor"),
  "routes/console/imports/run.tsx": staff("supervisor"),

  "routes/dev/mail/_layout.tsx": anyone,
  "routes/dev/mail/index.tsx": anyone,
  "routes/dev/mail/mail.tsx": anyone,
  "routes/dev/mail/json.ts": anyone,

  "routes/dev/ui/_layout.tsx": anyone,
  "routes/dev/ui/index.tsx": anyone,
  "routes/dev/ui/forms.tsx": anyone,
  "routes/dev/ui/console.tsx": anyone,
};
