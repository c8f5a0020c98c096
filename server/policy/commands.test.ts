import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { localDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { withTransaction } from "#db/transaction.ts";
import * as accounts from "#server/domains/accounts/index.ts";
import * as adjustments from "#server/domains/adjustments/index.ts";
import * as auth from "#server/domains/auth/index.ts";
import { type Permission, PERMISSIONS } from "#server/domains/auth/index.ts";
import * as autopay from "#server/domains/autopay/index.ts";
import * as business from "#server/domains/business/index.ts";
import * as collections from "#server/domains/collections/index.ts";
import * as conversations from "#server/domains/conversations/index.ts";
import * as disputes from "#server/domains/disputes/index.ts";
import * as files from "#server/domains/files/index.ts";
import * as imports from "#server/domains/imports/index.ts";
import * as invoices from "#server/domains/invoices/index.ts";
import * as payLinks from "#server/domains/pay-links/index.ts";
import * as payments from "#server/domains/payments/index.ts";
import * as plans from "#server/domains/plans/index.ts";
import * as statements from "#server/domains/statements/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { Fault, faultCode } from "#server/platform/faults.ts";
import { type Processor } from "#server/platform/processor.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { furnish, nothing, people, type Role, type Things } from "./scene.ts";

/**
 * Every command and every query that takes who asks and that pages or sockets can reach, with what it stands under. Each
 * is then asked by everybody about what is their own, somebody else's and nobody's, and must answer as PERMISSIONS says.
 */
type Row = {
  permission: Permission;
  /** What it is about: one account; no account at all; a thread of one person on the account. */
  about: "account" | "nothing" | "thread";
  /** A guest may ask it too, about the link's own bill. */
  guest?: true;
  /** It undoes itself what it tried, and needs a transaction of its own for that. */
  undoes?: true;
  ask: (ctx: Ctx, of: Things) => Promise<unknown>;
};

const row = (permission: Permission, ask: Row["ask"], about: Row["about"] = "account"): Row => ({
  ...{ permission, ask, about },
});

const alsoGuests = (own: Row): Row => ({ ...own, guest: true });
const undoing = (own: Row): Row => ({ ...own, undoes: true });

const key = () => randomUUID();
const soon = localDate("2026-12-15");
const usd = (minor: bigint) => money(minor, currency("USD"));
const terms = ({ accountId, invoiceId }: Things) => ({
  ...{ accountId, invoiceIds: [invoiceId], downMinor: 100_00n, instalments: 3, firstOn: soon },
  every: "month" as const,
});
const payment = ({ accountId, invoiceId }: Things) => ({
  ...{ accountId, amountMinor: 5_00n, bills: [{ invoiceId, amountMinor: 5_00n }], seenVersion: null },
  ...{ creditAllowed: false, idempotencyKey: key() },
});
const mandate = { mandateText: "I agree.", ip: null };
const credit = ({ accountId, invoiceId }: Things) => ({
  ...{ accountId, invoiceId, kind: "goodwill" as const, amount: usd(1_00n), reason: "goodwill" as const },
});
const refund = ({ paymentId }: Things) => ({
  ...{ paymentId, cause: "goodwill" as const, amountMinor: 1_00n, perBill: null, feeBack: null, note: null },
});
const contact = { name: "Bo", email: null, phone: null, note: null, isPrimary: false };
const map = { currency: "USD", dateFormat: "YYYY-MM-DD", paymentTermDays: 30, decimal: "." as const, columns: {} };

const BY_PERMISSION: Record<string, Row> = {
  changeAccess: row("account.people", (ctx, { accountId, loginId }) =>
    accounts.changeAccess({ ctx, input: { accountId, loginId, right: "pay", expectedVersion: 1 } }),
  ),
  countUnseenNews: row("account.view", (ctx, { accountId }) => accounts.countUnseenNews(ctx, accountId)),
  decideClaimRequest: row(
    "claim_request.decide",
    (ctx) => accounts.decideClaimRequest({ ctx, input: { requestId: randomUUID(), approve: false } }),
    "nothing",
  ),
  inviteCustomer: row("account.invite", (ctx, { accountId }) =>
    accounts.inviteCustomer({ ctx, input: { accountId, email: "new@test.test", right: "view" } }),
  ),
  readNews: row("account.view", (ctx, { accountId }) => accounts.readNews(ctx, { accountId })),
  releaseImportedAccount: row("account.release_import", (ctx, { accountId }) =>
    accounts.releaseImportedAccount({ ctx, input: { accountId } }),
  ),
  removeContact: row("account.edit", (ctx, { accountId, contactId }) =>
    accounts.removeContact({ ctx, input: { accountId, contactId, expectedVersion: 2 } }),
  ),
  revokeInvite: row("account.invite", (ctx, { accountId, inviteId }) =>
    accounts.revokeInvite({ ctx, input: { accountId, inviteId } }),
  ),
  saveContact: row("account.edit", (ctx, { accountId }) =>
    accounts.saveContact({ ctx, input: { accountId, contactId: null, draft: contact, expectedVersion: 2 } }),
  ),
  seeNews: row("account.view", (ctx, { accountId }) => accounts.seeNews({ ctx, input: { accountId, upToId: key() } })),
  updateAccount: row("account.edit", (ctx, { accountId }) =>
    accounts.updateAccount({ ctx, input: { accountId, changes: { name: "New" }, expectedVersion: 2 } }),
  ),

  applyCredit: row("credit.give", (ctx, of) =>
    adjustments.applyCredit({ ctx, input: { ...credit(of), conversationId: null, idempotencyKey: key() } }),
  ),
  previewCredit: undoing(row("credit.give", (ctx, of) => adjustments.previewCredit({ ctx, input: credit(of) }))),

  changeStaffRole: row(
    "staff.manage",
    (ctx, { loginId }) => auth.changeStaffRole({ ctx, input: { loginId, role: "rep" } }),
    "nothing",
  ),
  inviteStaff: row(
    "staff.manage",
    (ctx) => auth.inviteStaff({ ctx, input: { email: "rep@new.test", name: "Rep", role: "rep" } }),
    "nothing",
  ),
  resetSecondFactor: row(
    "login.reset_factor",
    (ctx, { loginId }) => auth.resetSecondFactor({ ctx, input: { loginId, reason: "lost phone" } }),
    "nothing",
  ),
  restoreLogin: row("staff.manage", (ctx, { loginId }) => auth.restoreLogin({ ctx, input: { loginId } }), "nothing"),
  suspendLogin: row(
    "staff.manage",
    (ctx, { loginId }) => auth.suspendLogin({ ctx, input: { loginId, reason: "left" } }),
    "nothing",
  ),

  cancelScheduledPayment: row("autopay.stop", (ctx, { accountId }) =>
    autopay.cancelScheduledPayment({ ctx, input: { accountId, draftId: randomUUID() } }),
  ),
  changeScheduledPayment: row("payment.make", (ctx, { accountId, methodId }) =>
    autopay.changeScheduledPayment({ ctx, input: { accountId, draftId: randomUUID(), payOn: soon, methodId } }),
  ),
  pauseAutopay: row("autopay.stop", (ctx, { accountId }) =>
    autopay.pauseAutopay({ ctx, input: { accountId, paused: true } }),
  ),
  retireMethod: row("method.remove", (ctx, { accountId, methodId }) =>
    autopay.retireMethod({ ctx, input: { accountId, methodId, succession: "unsaid" } }),
  ),
  schedulePayment: row("payment.make", (ctx, { accountId, invoiceId, methodId }) =>
    autopay.schedulePayment({
      ctx,
      input: {
        ...{ accountId, bills: [{ invoiceId, amountMinor: 5_00n }], payOn: localDate("2026-11-28"), methodId },
        ...{ seenVersion: null, idempotencyKey: key() },
      },
    }),
  ),
  setUpAutopay: row("autopay.set_up", (ctx, { accountId, methodId }) =>
    autopay.setUpAutopay({
      ctx,
      input: { accountId, methodId, amountKind: "full_balance", fixedMinor: null, daysBeforeDue: 0, ...mandate },
    }),
  ),
  stopAutopay: row("autopay.stop", (ctx, { accountId }) => autopay.stopAutopay({ ctx, input: { accountId } })),

  saveBusiness: row(
    "business.edit",
    (ctx) =>
      business.saveBusiness({
        ctx,
        input: {
          draft: {
            ...{ name: "Water", legalName: null, address: null, phone: null, supportEmail: null, zone: "UTC" },
            ...{ currency: currency("USD"), locale: "en-US", senderName: null, senderEmail: null, terms: null },
            paymentTermDays: 30,
          },
          expectedVersion: 0,
        },
      }),
    "nothing",
  ),
  savePolicy: row(
    "policy.edit",
    (ctx) =>
      business.savePolicy({
        ctx,
        input: { kind: "reminders", body: { enabled: false, days: [1] }, reason: "quiet", expectedVersion: 0 },
      }),
    "nothing",
  ),
  setLogo: row("business.edit", (ctx) => business.setLogo({ ctx, input: { fileId: null } }), "nothing"),
  uploadLogo: row(
    "business.edit",
    (ctx) => files.uploadLogo({ ctx, input: { name: "a.png", bytes: Buffer.from("no picture") } }),
    "nothing",
  ),

  pauseCollections: row("collections.pause", (ctx, { accountId }) =>
    collections.pauseCollections({ ctx, input: { accountId, invoiceId: null, untilOn: null, reason: "hardship" } }),
  ),
  resumeCollections: row("collections.pause", (ctx, { accountId }) =>
    collections.resumeCollections({ ctx, input: { accountId, pauseId: randomUUID() } }),
  ),

  claimConversation: row(
    "conversation.claim",
    (ctx, { conversationId }) => conversations.claimConversation({ ctx, input: { conversationId } }),
    "nothing",
  ),
  "claimConversation from a colleague": row(
    "conversation.take_over",
    (ctx, { conversationId }) =>
      conversations.claimConversation({ ctx, input: { conversationId, takeOverFrom: randomUUID() } }),
    "nothing",
  ),
  closeConversation: row(
    "conversation.claim",
    (ctx, { conversationId }) => conversations.closeConversation({ ctx, input: { conversationId } }),
    "nothing",
  ),
  countInbox: row("conversation.queue", ({ db, actor }) => conversations.countInbox({ db, actor }), "nothing"),
  getConversation: row(
    "conversation.view",
    ({ db, actor }, { conversationId }) => conversations.getConversation({ db, actor }, { id: conversationId }),
    "thread",
  ),
  listConversationsOfAccount: row("conversation.view", ({ db, actor }, { accountId }) =>
    conversations.listConversationsOfAccount({ db, actor }, { accountId }),
  ),
  listInbox: row(
    "conversation.queue",
    ({ db, actor }) => conversations.listInbox({ db, actor }, { queue: "waiting" }),
    "nothing",
  ),
  markRead: row(
    "conversation.view",
    (ctx, { conversationId }) => conversations.markRead({ ctx, input: { conversationId, seq: 1 } }),
    "thread",
  ),
  openConversation: row("conversation.start", (ctx, { accountId }) =>
    conversations.openConversation({ ctx, input: { accountId, subject: "general", title: "Hello" } }),
  ),
  postMessage: row(
    "conversation.write",
    (ctx, { conversationId }) =>
      conversations.postMessage({ ctx, input: { conversationId, clientId: randomUUID(), body: "Hello" } }),
    "thread",
  ),
  releaseConversation: row(
    "conversation.claim",
    (ctx, { conversationId }) => conversations.releaseConversation({ ctx, input: { conversationId } }),
    "nothing",
  ),
  reopenConversation: row(
    "conversation.claim",
    (ctx, { conversationId }) => conversations.reopenConversation({ ctx, input: { conversationId } }),
    "nothing",
  ),
  snoozeConversation: row(
    "conversation.claim",
    (ctx, { conversationId }) =>
      conversations.snoozeConversation({
        ctx,
        input: { conversationId, until: new Date(ctx.now.getTime() + 3_600_000) },
      }),
    "nothing",
  ),

  fileDispute: row("dispute.file", (ctx, { accountId, invoiceId }) =>
    disputes.fileDispute({
      ctx,
      input: {
        ...{ accountId, invoiceId, lineId: null, amountMinor: 1_00n, reason: "other", description: "Too much." },
        ...{ fileIds: [], clientKey: randomUUID() },
      },
    }),
  ),
  resolveDispute: row("dispute.resolve", (ctx, { disputeId }) =>
    disputes.resolveDispute({
      ctx,
      input: {
        ...{ disputeId, outcome: "denied", amountMinor: null, creditKind: "goodwill", reason: "It was right." },
        idempotencyKey: key(),
      },
    }),
  ),
  "takeDisputeStep acknowledge": row("dispute.work", (ctx, { disputeId }) =>
    disputes.takeDisputeStep({ ctx, input: { disputeId, step: "acknowledge" } }),
  ),
  "takeDisputeStep withdraw": row("dispute.withdraw", (ctx, { disputeId }) =>
    disputes.takeDisputeStep({ ctx, input: { disputeId, step: "withdraw" } }),
  ),
  "takeDisputeStep appeal": row("dispute.appeal", (ctx, { disputeId }) =>
    disputes.takeDisputeStep({ ctx, input: { disputeId, step: "appeal", note: "No." } }),
  ),

  getFile: row("file.read", (ctx, { fileId }) => files.getFile(ctx, fileId)),
  storeUpload: row("file.upload", (ctx, { accountId }) =>
    files.storeUpload({ ctx, input: { accountId, name: "a.txt", bytes: Buffer.from("a text") } }),
  ),

  getImportRun: row("import.run", (ctx) => imports.getImportRun(ctx, randomUUID()), "nothing"),
  listImportRuns: row("import.run", (ctx) => imports.listImportRuns(ctx), "nothing"),
  requestImport: row(
    "import.run",
    (ctx) =>
      imports.requestImport({ ctx, input: { runId: randomUUID(), map, asOf: null, skipBad: false, dryRun: true } }),
    "nothing",
  ),
  uploadImport: row(
    "import.run",
    (ctx) => imports.uploadImport({ ctx, input: { fileName: "a.csv", bytes: Buffer.from("a,b\n1,2\n") } }),
    "nothing",
  ),

  markBillViewed: alsoGuests(
    row("invoice.view", (ctx, { accountId, invoiceId }) =>
      invoices.markBillViewed({ ctx, input: { accountId, invoiceId } }),
    ),
  ),

  ensurePayLink: alsoGuests(
    row("invoice.view", (ctx, { accountId, invoiceId }) =>
      payLinks.ensurePayLink({ ctx, input: { accountId, invoiceId } }),
    ),
  ),
  findPayLink: row("pay_link.manage", (ctx, { accountId, invoiceId }) =>
    payLinks.findPayLink(ctx, { accountId, invoiceId, today: soon }),
  ),
  getGuestBill: alsoGuests(
    row("invoice.view", (ctx, { accountId, invoiceId }) =>
      payLinks.getGuestBill(ctx, { guest: { kind: "guest", accountId, invoiceId, linkId: randomUUID() }, today: soon }),
    ),
  ),
  getGuestPlan: alsoGuests(
    row("payment.make", (ctx, { accountId, invoiceId }) =>
      payLinks.getGuestPlan(ctx, { guest: { kind: "guest", accountId, invoiceId, linkId: randomUUID() }, today: soon }),
    ),
  ),
  renewPayLink: row("pay_link.manage", (ctx, { accountId, invoiceId }) =>
    payLinks.renewPayLink({ ctx, input: { accountId, invoiceId } }),
  ),
  revokePayLink: row("pay_link.manage", (ctx, { accountId, invoiceId }) =>
    payLinks.revokePayLink({ ctx, input: { accountId, invoiceId } }),
  ),

  bouncePayment: row("payment.record", (ctx, { paymentId }) =>
    payments.bouncePayment({
      ctx,
      input: { paymentId, bouncedOn: localDate("2026-11-22"), reason: "no funds", idempotencyKey: key() },
    }),
  ),
  cancelMethodSetup: row("method.save", (ctx, { accountId }) =>
    payments.cancelMethodSetup(ctx, { accountId, setupId: randomUUID() }),
  ),
  cancelPayment: row("payment.make", (ctx, { paymentId }) => payments.cancelPayment({ ctx, input: { paymentId } })),
  findVerifyUrl: row("payment.make", (ctx, { paymentId }) => payments.findVerifyUrl(ctx, paymentId)),
  listOpenSetups: row("method.save", (ctx, { accountId }) => payments.listOpenSetups(ctx, accountId)),
  previewRefund: undoing(row("payment.refund", (ctx, of) => payments.previewRefund({ ctx, input: refund(of) }))),
  recordDeposit: row(
    "payment.deposit",
    (ctx, { paymentId }) =>
      payments.recordDeposit({
        ctx,
        input: {
          paymentIds: [paymentId],
          depositedOn: localDate("2026-11-22"),
          reference: null,
          idempotencyKey: key(),
        },
      }),
    "nothing",
  ),
  recordManualPayment: row("payment.record", (ctx, { accountId, invoiceId }) =>
    payments.recordManualPayment({
      ctx,
      input: {
        ...{ accountId, kind: "cash", amountMinor: 1_00n, bills: [{ invoiceId, amountMinor: 1_00n }] },
        ...{ receivedOn: localDate("2026-11-22"), reference: null, idempotencyKey: key() },
      },
    }),
  ),
  refreshPayment: row("payment.view", (ctx, { paymentId }) => payments.refreshPayment(ctx, paymentId)),
  refundPayment: row("payment.refund", (ctx, of) =>
    payments.refundPayment({ ctx, input: { ...refund(of), conversationId: null, idempotencyKey: key() } }),
  ),
  resumePayment: alsoGuests(
    row("payment.make", (ctx, { accountId }) =>
      payments.resumePayment({ ctx, input: { accountId, idempotencyKey: key() } }),
    ),
  ),
  setDefaultMethod: row("method.save", (ctx, { accountId, methodId }) =>
    payments.setDefaultMethod(ctx, { accountId, methodId }),
  ),
  startMethodSetup: row("method.save", (ctx, { accountId }) =>
    payments.startMethodSetup({
      ctx,
      input: { accountId, confirmationToken: "ctoken_1", makeDefault: false, idempotencyKey: key() },
    }),
  ),
  startPayment: row("payment.make", (ctx, of) =>
    payments.startPayment({ ctx, input: { ...payment(of), means: { kind: "saved", methodId: of.methodId } } }),
  ),
  "startPayment by token": alsoGuests(
    row("payment.make", (ctx, of) =>
      payments.startPayment({
        ctx,
        input: { ...payment(of), means: { kind: "token", confirmationToken: "ctoken_1", save: false } },
      }),
    ),
  ),
  useCredit: row("payment.make", (ctx, { accountId, invoiceId }) =>
    payments.useCredit({ ctx, input: { accountId, invoiceId, idempotencyKey: key() } }),
  ),
  workOffEvent: row(
    "event.work_off",
    (ctx) => payments.workOffEvent({ ctx, input: { eventId: randomUUID(), how: "seen", reason: "known" } }),
    "nothing",
  ),

  acceptPlan: row("plan.accept", (ctx, { planId, methodId }) =>
    plans.acceptPlan({ ctx, input: { planId, methodId, ...mandate } }),
  ),
  approvePlan: row("plan.approve", (ctx, { planId }) => plans.approvePlan({ ctx, input: { planId } })),
  cancelPlan: row("plan.cancel", (ctx, { planId }) => plans.cancelPlan({ ctx, input: { planId, reason: "asked" } })),
  changePlanMethod: row("plan.pay", (ctx, { planId, methodId }) =>
    plans.changePlanMethod({ ctx, input: { planId, methodId } }),
  ),
  declinePlan: row("plan.decline", (ctx, { planId }) => plans.declinePlan({ ctx, input: { planId, reason: null } })),
  finishPlan: row("plan.pay", (ctx, { planId, methodId }) =>
    plans.finishPlan({ ctx, input: { planId, methodId, feeSeenMinor: 0n, idempotencyKey: key() } }),
  ),
  offerPlan: row("plan.offer", (ctx, of) =>
    plans.offerPlan({
      ctx,
      input: {
        ...terms(of),
        ...{ conversationId: null, countersId: null, note: null, seenVersion: null, idempotencyKey: key() },
      },
    }),
  ),
  payPlanAhead: row("plan.pay", (ctx, { planId, methodId }) =>
    plans.payPlanAhead({
      ctx,
      input: { planId, methodId, amountMinor: 1_00n, feeSeenMinor: 0n, idempotencyKey: key() },
    }),
  ),
  previewPlan: row("plan.view", (ctx, of) => plans.previewPlan({ ctx, input: terms(of) })),
  promiseToPay: row("promise.make", (ctx, { accountId }) =>
    plans.promiseToPay({
      ctx,
      input: { accountId, promisedOn: localDate("2026-11-28"), note: null, idempotencyKey: key() },
    }),
  ),
  proposePlan: row("plan.propose", (ctx, of) =>
    plans.proposePlan({
      ctx,
      input: {
        ...{ ...terms(of), ...mandate, methodId: of.methodId, countersId: null, note: null, title: "A plan" },
        ...{ seenVersion: null, idempotencyKey: key() },
      },
    }),
  ),

  wishMonthly: row("statement.wish", (ctx, { accountId }) =>
    statements.wishMonthly({ ctx, input: { accountId, monthly: true } }),
  ),
};

const sessionId = "no-session";
/** About whoever asks, and about nobody else: they name no login. Nobody without a session gets through. */
const OWN_LOGIN: Record<string, (ctx: Ctx) => Promise<unknown>> = {
  addPasskey: (ctx) => auth.addPasskey({ ctx, input: { answer: {} as never, name: "Key", sessionId } }),
  changePassword: (ctx) =>
    auth.changePassword({ ctx, input: { current: null, password: "a long new password", keepSessionId: sessionId } }),
  changeProfile: (ctx) => auth.changeProfile({ ctx, input: { name: "New", locale: "en-US" } }),
  endAllSessions: (ctx) => auth.endAllSessions({ ctx, input: { keepSessionId: null } }),
  endSession: (ctx) => auth.endSession({ ctx, input: { sessionId } }),
  proveAgain: (ctx) =>
    auth.proveAgain({ ctx, input: { sessionId, ip: "10.0.0.1", proof: { by: "password", password: "no" } } }),
  readMailWishes: (ctx) => auth.readMailWishes(ctx),
  removePasskey: (ctx) => auth.removePasskey({ ctx, input: { passkeyId: randomUUID(), sessionId } }),
  renewRecoveryCodes: (ctx) => auth.renewRecoveryCodes({ ctx, input: { sessionId } }),
  requestEmailChange: (ctx) => auth.requestEmailChange({ ctx, input: { email: "other@test.test", sessionId } }),
  turnOffSecondFactor: (ctx) => auth.turnOffSecondFactor({ ctx, input: { sessionId } }),
  wishMails: (ctx) => auth.wishMails({ ctx, input: { wanted: {}, ring: {} } }),
};

/**
 * For people who are nobody yet, or whose signed token is all that counts: tests of their own say what each gives and to
 * whom (sign-in, guessing, second-factor, passkeys, email-change, invitations-and-claims, pay-links, topics).
 */
const BY_TOKEN_OR_CODE = [
  ...["acceptInvite", "acceptStaffInvite", "confirmEmailChange", "undoEmailChange", "resetPassword", "finishClaim"],
  ...["startClaim", "requestPasswordReset", "requestSignInCode", "signInWithCode", "signInWithPasskey"],
  ...["signInWithPassword", "proveSecondFactor", "startTotp", "confirmTotp", "offerPasskey", "lookUpBills"],
  ...["limitGuest", "openPayLink", "requestFreshLink", "findUnsubscribe", "unsubscribe"],
];
/** Says what a form may offer; whoever is no staff hears "nothing". */
const HARMLESS = ["creditLimitOf"];

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesIn(join(folder, entry.name))
      : /(?<!\.test)\.tsx?$/.test(entry.name)
        ? [join(folder, entry.name)]
        : [],
  );

/** The names that pages and sockets take from domains, of functions whose first parameter holds who asks. */
function reachable(): string[] {
  const source = filesIn("server/domains")
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
  const names = new Set<string>();
  for (const path of [...filesIn("app"), ...filesIn("server/realtime")]) {
    const imported = readFileSync(path, "utf8").matchAll(
      /import \{([^}]*)\} from "#server\/domains\/[a-z-]+\/index\.ts"/g,
    );
    for (const [, list = ""] of imported) for (const name of list.split(",")) names.add(name.trim());
  }
  const takesAsker = (name: string) =>
    new RegExp(
      `export (?:async )?(?:function|const) ${name}\\b(?:<[^>]*>)?(?: = (?:async )?)?\\(\\s*(?:\\{\\s*ctx\\b|ctx:|\\{ db, actor \\})`,
    ).test(source);
  return [...names].filter((name) => name !== "" && !name.startsWith("type ") && takesAsker(name)).sort();
}

let t: TestDatabase;
let who: Record<Role, Actor>;
let things: Record<"own" | "foreign" | "unknown", Things>;

/** A processor that does not answer: what is asked here ends before any charge. */
function silentProcessor(): Processor {
  const silent = () => Promise.reject(new Fault("unavailable", "no processor"));
  // Every method of the port is asynchronous, and `mode` is its one fact.
  return new Proxy({}, { get: (_, name) => (name === "mode" ? "sandbox" : silent) }) as Processor;
}

let system: Ctx;

beforeAll(async () => {
  t = await createTestDatabase();
  system = testCtx(t.db, { processor: silentProcessor() });
  const world = { t, ctx: system };
  const [own, foreign] = [await furnish(world), await furnish(world)];
  things = { own, foreign, unknown: nothing() };
  who = await people(world, { own, foreign });
});
afterAll(() => t.drop());

class Undone extends Error {}

/** What somebody hears; nothing of it stays. A thing of the account that is not there is nothing against the asker. */
async function outcome(actor: Actor, work: (ctx: Ctx) => Promise<unknown>, undoes = false): Promise<string> {
  try {
    if (undoes) {
      await work({ ...system, actor });
      return "in";
    }
    await withTransaction(t.db, async (tx) => {
      await work({ ...system, db: tx, actor });
      throw new Undone();
    });
  } catch (error) {
    if (error instanceof Undone) return "in";
    const code = faultCode(error);
    if (code === "unavailable" || code === "conflict") return "in";
    if (code === null || code === "bug") throw error;
    return code === "not_found" ? `not_found: ${(error as Error).message}` : code;
  }
  throw new Error("the transaction was to be undone");
}

const RIGHTS = ["view", "pay", "manage"] as const;
const STAFF = ["rep", "supervisor", "admin"] as const;
const RIGHT_OF: Partial<Record<Role, (typeof RIGHTS)[number]>> = {
  "customer A": "manage",
  "customer B": "manage",
  payer: "pay",
  viewer: "view",
};

/** What the table says. Several, where it may be said before or after the thing was looked for. */
function expected({ permission, about, guest }: Row, role: Role, which: keyof typeof things): string[] {
  const rule = PERMISSIONS[permission];
  const [missing, away] = [/not_found/.source, which === "unknown"];
  if (role === "anonymous" || role === "suspended" || role === "expired") {
    return away ? ["unauthenticated", missing] : ["unauthenticated", ...(about === "thread" ? [missing] : [])];
  }
  if (role === "guest") return guest && rule.guest && which === "own" ? ["in"] : [missing, "forbidden"];
  const staff = STAFF.find((one) => one === role);
  if (staff) {
    if (rule.staff === false || STAFF.indexOf(staff) < STAFF.indexOf(rule.staff))
      return away ? ["forbidden", missing] : ["forbidden"];
    return away || about === "nothing" ? ["in", missing] : ["in"];
  }
  if (about === "nothing") return ["forbidden"];
  if (which !== (role === "customer B" ? "foreign" : "own")) return [missing];
  const right = RIGHT_OF[role];
  const may = rule.customer !== false && right && RIGHTS.indexOf(right) >= RIGHTS.indexOf(rule.customer);
  // A thread is its person's and the managers': to anybody else on the account it is not there.
  if (about === "thread" && right !== "manage") return [missing];
  return [may ? "in" : "forbidden"];
}

const ROLES: readonly Role[] = [
  ...(["anonymous", "guest", "customer A", "payer", "viewer", "customer B"] as const),
  ...([...STAFF, "suspended", "expired"] as const),
];

/** Of an account that is one's own, some part of it (a contact, a draft) may not be there. */
const isIn = (heard: string) =>
  heard === "in" || /^not_found: (?!account|bill|payment |plan |dispute|conversation|file)/.test(heard);

describe("every command × role × own, foreign and unknown", () => {
  it("what pages and sockets can reach has a row, and no row is left of what is gone", () => {
    const rows = Object.keys(BY_PERMISSION).map((name) => name.split(" ")[0] ?? "");
    const known = [...rows, ...Object.keys(OWN_LOGIN), ...BY_TOKEN_OR_CODE, ...HARMLESS];
    expect(reachable().length).toBeGreaterThan(100);
    expect(reachable()).toEqual([...new Set(known)].sort());
  });

  it.each(Object.keys(BY_PERMISSION))("%s", async (name) => {
    const asked = BY_PERMISSION[name];
    if (!asked) throw new Error("a row");
    const wrong: string[] = [];
    for (const role of ROLES) {
      for (const which of ["own", "foreign", "unknown"] as const) {
        const heard = await outcome(who[role], (ctx) => asked.ask(ctx, things[which]), asked.undoes);
        const wanted = expected(asked, role, which);
        const fits = wanted.some((one) => (one === "in" ? isIn(heard) : heard.startsWith(one)));
        if (!fits) wrong.push(`${role} about ${which}: ${heard}, ${asked.permission} says ${wanted.join(" or ")}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("what is somebody else's and what does not exist sound alike to a customer", async () => {
    const told: string[] = [];
    for (const [name, { ask, about, undoes }] of Object.entries(BY_PERMISSION)) {
      if (about === "nothing") continue;
      const heard = (which: "foreign" | "unknown") =>
        outcome(who["customer A"], (ctx) => ask(ctx, things[which]), undoes).then((text) => text.split(":")[0]);
      const [foreign, unknown] = [await heard("foreign"), await heard("unknown")];
      if (foreign !== unknown) told.push(`${name}: ${String(foreign)}, ${String(unknown)}`);
    }
    expect(told).toEqual([]);
  });

  it.each(Object.keys(OWN_LOGIN))("%s: whoever is signed in, and nobody else", async (name) => {
    const ask = OWN_LOGIN[name];
    if (!ask) throw new Error("a row");
    for (const role of ["anonymous", "guest", "suspended", "expired"] as const) {
      expect([role, await outcome(who[role], ask)]).toEqual([role, "unauthenticated"]);
    }
    for (const role of ["customer A", "viewer", "rep", "admin"] as const) {
      const heard = await outcome(who[role], ask);
      expect([role, isIn(heard)]).toEqual([role, true]);
    }
  });
});
