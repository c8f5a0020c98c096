import { index, layout, prefix, route, type RouteConfig } from "@remix-run/route-config";

/** Every address of the product, in one list. A folder per audience; addresses are explicit. */
const auth = layout("routes/auth/_layout.tsx", [
  route("sign-in", "routes/auth/sign-in.tsx"),
  route("sign-in/code", "routes/auth/second-step.tsx"),
  route("second-factor", "routes/auth/second-factor.tsx"),
  route("confirm", "routes/auth/confirm.tsx"),
  route("email/:token", "routes/auth/email-link.tsx"),
  route("reset", "routes/auth/reset.tsx"),
  route("reset/:token", "routes/auth/new-password.tsx"),
  route("claim", "routes/auth/claim.tsx"),
  route("lookup", "routes/auth/lookup.tsx"),
  route("invite/:token", "routes/auth/invite.tsx"),
  route("unsubscribe/:token", "routes/auth/unsubscribe.tsx"),
]);
const portal = layout("routes/portal/_layout.tsx", [
  route("account", "routes/portal/account.tsx"),
  route("settings", "routes/portal/settings.tsx"),
  route("settings/security", "routes/portal/security.tsx"),
  route("settings/people", "routes/portal/people.tsx"),
  route("settings/notices", "routes/portal/notice-settings.tsx"),
  route("notices", "routes/portal/notices.tsx"),
  route("accounts", "routes/portal/accounts.tsx"),
  route("activity", "routes/portal/activity.tsx"),
  route("bills", "routes/portal/bills.tsx"),
  route("bills/:number", "routes/portal/bill.tsx"),
  route("messages", "routes/portal/messages/index.tsx"),
  route("messages/:number", "routes/portal/messages/thread.tsx"),
  route("settings/methods", "routes/portal/methods.tsx"),
  route("settings/methods/new", "routes/portal/method-new.tsx"),
  route("disputes", "routes/portal/disputes.tsx"),
  route("disputes/new", "routes/portal/dispute-new.tsx"),
  route("disputes/:number", "routes/portal/dispute.tsx"),
  route("statements", "routes/portal/statements.tsx"),
  route("autopay", "routes/portal/autopay.tsx"),
  route("plans/new", "routes/portal/plan-new.tsx"),
  route("promise", "routes/portal/promise.tsx"),
  route("plans/:id", "routes/portal/plan.tsx"),
  route("pay", "routes/portal/pay.tsx"),
  route("payments/:id", "routes/portal/payment.tsx"),
]);
/** One bill each, for whoever holds its link. */
const pay = layout("routes/pay/_layout.tsx", [
  route("p/:token", "routes/pay/link.tsx"),
  route("p/:token/paid/:payment", "routes/pay/paid.tsx"),
]);
const papers = [
  route("statements.pdf", "routes/portal/statements-pdf.ts"),
  route("statements.csv", "routes/portal/statements-csv.ts"),
  route("console/accounts/:number/statements.pdf", "routes/console/accounts/statements-pdf.ts"),
  route("console/accounts/:number/statements.csv", "routes/console/accounts/statements-csv.ts"),
  route("p/:token/bill.pdf", "routes/pay/bill-pdf.ts"),
  route("p/:token/paid/:payment/receipt.pdf", "routes/pay/receipt-pdf.ts"),
  route("bills/:number/bill.pdf", "routes/portal/bill-pdf.ts"),
  route("payments/:id/receipt.pdf", "routes/portal/receipt-pdf.ts"),
  route("console/accounts/:number/bills/:bill/bill.pdf", "routes/console/accounts/bill-pdf.ts"),
];
const console = layout("routes/console/_layout.tsx", [
  ...prefix("console", [
    layout("routes/console/inbox.tsx", [
      index("routes/console/inbox-empty.tsx"),
      route("c/:number", "routes/console/conversation.tsx"),
    ]),
    route("c/:number/move", "routes/console/conversation-move.ts"),
    route("c/:number/credit", "routes/console/conversation-credit.ts"),
    route("disputes", "routes/console/disputes.tsx"),
    route("disputes/:number", "routes/console/dispute.tsx"),
    route("disputes/:number/decide", "routes/console/dispute-decide.ts"),
    route("disputes/:number/step", "routes/console/dispute-step.ts"),
    route("settings", "routes/console/settings.tsx"),
    route("settings/security", "routes/console/security.tsx"),
    route("accounts", "routes/console/accounts/index.tsx"),
    route("accounts/:number", "routes/console/accounts/account.tsx", [
      index("routes/console/accounts/overview.tsx"),
      route("bills", "routes/console/accounts/bills.tsx"),
      route("bills/:bill", "routes/console/accounts/bill.tsx"),
      route("payments", "routes/console/accounts/payments.tsx"),
      route("plans", "routes/console/accounts/plans.tsx"),
      route("payments/record", "routes/console/accounts/payment-record.tsx"),
      route("payments/:payment", "routes/console/accounts/payment.tsx"),
      route("people", "routes/console/accounts/people.tsx"),
      route("details", "routes/console/accounts/details.tsx"),
      route("statements", "routes/console/accounts/statements.tsx"),
      route("reminders", "routes/console/accounts/reminders.tsx"),
      route("log", "routes/console/accounts/log.tsx"),
    ]),
    route("plans", "routes/console/plans.tsx"),
    route("business", "routes/console/business.tsx"),
    route("policies", "routes/console/policies.tsx"),
    route("claims", "routes/console/claims.tsx"),
    route("deposits", "routes/console/deposits.tsx"),
    route("parked", "routes/console/parked.tsx"),
    route("staff", "routes/console/staff.tsx"),
    route("imports", "routes/console/imports/index.tsx"),
    route("imports/:runId", "routes/console/imports/run.tsx"),
  ]),
]);

/** Outgoing mail, where no mail server takes it: also in a built server, and nowhere else. */
const mail = [
  layout("routes/dev/mail/_layout.tsx", [
    route("dev/mail", "routes/dev/mail/index.tsx"),
    route("dev/mail/:id", "routes/dev/mail/mail.tsx"),
  ]),
  route("dev/mail.json", "routes/dev/mail/json.ts"),
];

/** Galleries for the eye and for axe: never in a built server. */
const dev = [
  layout("routes/dev/ui/_layout.tsx", [
    ...prefix("dev/ui", [
      index("routes/dev/ui/index.tsx"),
      route("forms", "routes/dev/ui/forms.tsx"),
      route("console", "routes/dev/ui/console.tsx"),
    ]),
  ]),
];

export default [
  index("routes/index.tsx"),
  auth,
  portal,
  pay,
  ...papers,
  console,
  route("sign-out", "routes/auth/sign-out.tsx"),
  route("passkeys/offer", "routes/auth/passkey-offer.ts"),
  route("files/:id", "routes/file.ts"),
  route("messages/active", "routes/portal/messages/active.ts"),
  route("bills/:number/opened", "routes/portal/bill-opened.ts"),
  route("p/:token/opened", "routes/pay/opened.ts"),
  route("logo", "routes/logo.ts"),
  route("theme", "routes/theme.tsx"),
  ...mail,
  ...(process.env["NODE_ENV"] === "production" ? [] : dev),
] satisfies RouteConfig;
