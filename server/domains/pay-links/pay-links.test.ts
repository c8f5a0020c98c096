import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { addDays, localDate } from "#app/contracts/local-date.ts";
import { invoices, mails, payLinks, paymentMethods, payments } from "#db/schema/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { setUpAutopay } from "#server/domains/autopay/index.ts";
import { may, type Permission, PERMISSIONS, type Subject } from "#server/domains/auth/index.ts";
import { DEFAULT_POLICIES, savePolicy } from "#server/domains/business/index.ts";
import { getBillById, issueInvoice } from "#server/domains/invoices/index.ts";
import {
  cancelPayment,
  getPayment,
  type PaymentRequest,
  refreshPayment,
  resumePayment,
  startPayment,
} from "#server/domains/payments/index.ts";
import { type Actor } from "#server/platform/actor.ts";
import { createKeys } from "#server/platform/app-key.ts";
import { signPayLink } from "#server/platform/pay-link-path.ts";
import { testCtx } from "#server/testing/test-ctx.ts";
import { useStandIn } from "#server/testing/use-stand-in.ts";

import {
  ensurePayLink,
  getGuestBill,
  getGuestPlan,
  limitGuest,
  lookUpBills,
  mailIssuedBill,
  openPayLink,
  renewPayLink,
  requestFreshLink,
  revokePayLink,
} from "./index.ts";
import { lastDayOf, stateOf } from "./rules.ts";

const desk = useStandIn();
let place = 0;

type Parts = { now?: Date; requestId?: string };
const as = (actor: Actor, parts: Parts = {}) =>
  testCtx(desk.t.db, { actor, processor: desk.standIn.processor, now: desk.standIn.now(), ...parts });
const ctx = (parts: Parts = {}) => as({ kind: "system", name: "test" }, parts);
type Owing = { accountId: string; number: string; invoiceId: string };

async function owing(): Promise<Owing> {
  place += 1;
  const number = `L-${place}`;
  const account = {
    ...{ number, name: "Ada", email: `ada${place}@demo.test`, postalCode: "04101" },
    ...{ currency: currency("USD"), zone: "UTC" },
  };
  const { value } = await createAccounts({ ctx: ctx(), input: { accounts: [account] } });
  const accountId = value[0]?.id ?? "";
  return { accountId, number, invoiceId: await anotherBill(accountId) };
}

async function anotherBill(accountId: string, dueOn = "2026-12-07"): Promise<string> {
  place += 1;
  const issued = await issueInvoice({
    ctx: ctx(),
    input: {
      ...{ accountId, issuedOn: localDate("2026-11-01"), dueOn: localDate(dueOn), idempotencyKey: `b ${place}` },
      lines: [{ description: "Water", unitPrice: "100.00" }],
    },
  });
  if (!issued.ok) throw new Error(issued.reason);
  return issued.value.invoiceId;
}

async function linkOf({ accountId, invoiceId }: Pick<Owing, "accountId" | "invoiceId">) {
  const link = await ensurePayLink({ ctx: ctx(), input: { accountId, invoiceId } });
  if (!link) throw new Error("no link");
  return { ...link, token: link.path.replace("/p/", "") };
}

async function guestOf(owed: Owing) {
  const opened = await openPayLink(ctx(), (await linkOf(owed)).token);
  if (opened?.state !== "living") throw new Error("not living");
  return opened;
}

async function request(owed: Pick<Owing, "accountId" | "invoiceId">, parts: Partial<PaymentRequest> = {}) {
  place += 1;
  const { accountId, invoiceId } = owed;
  return {
    ...{ accountId, amountMinor: 10_000n, bills: [{ invoiceId, amountMinor: 10_000n }], seenVersion: null },
    means: { kind: "token" as const, confirmationToken: await desk.standIn.token("pm_card_visa"), save: false },
    ...{ creditAllowed: false, idempotencyKey: `guest ${place}` },
    ...parts,
  };
}

const fault = (code: string) => expect.objectContaining({ code }) as Error;
const stateNow = async (token: string, now = desk.standIn.now()) =>
  (await openPayLink(ctx({ now }), token))?.state ?? null;
const openOf = async (invoiceId: string) =>
  (await desk.t.db.select({ open: invoices.openMinor }).from(invoices).where(eq(invoices.id, invoiceId)))[0]?.open;
const mailsTo = (accountId: string, kind: string) =>
  desk.t.db
    .select()
    .from(mails)
    .where(eq(mails.accountId, accountId))
    .then((rows) => rows.filter((row) => row.kind === kind));

describe("the days of a link", () => {
  const days = { daysPastDue: 30, mostDays: 120 };
  const today = localDate("2026-11-23");
  it.each([
    ["2026-12-07", "2027-01-06", "30 days past the due date"],
    ["2026-09-01", "2026-12-23", "of a late bill, 30 days from the day it is made"],
    ["2027-06-01", "2027-03-23", "never more than 120 days from the day it is made"],
    ["2026-11-23", "2026-12-23", "due today is not late"],
  ])("due %s ends on %s: %s", (dueOn, last) => {
    expect(lastDayOf({ dueOn: localDate(dueOn), today }, days)).toBe(last);
  });

  it("it works on its last day and not on the next; an ended one stays ended", () => {
    const expiresOn = localDate("2027-01-06");
    expect(stateOf({ expiresOn, endKind: null }, expiresOn)).toBe("living");
    expect(stateOf({ expiresOn, endKind: null }, addDays(expiresOn, 1))).toBe("expired");
    expect(stateOf({ expiresOn, endKind: "revoked" }, expiresOn)).toBe("revoked");
    expect(stateOf({ expiresOn, endKind: "replaced" }, addDays(expiresOn, 9))).toBe("replaced");
  });
});

describe("an address", () => {
  it("is the same for everybody who asks for one bill, also at the same moment", async () => {
    const owed = await owing();
    const made = await Promise.all(Array.from({ length: 8 }, () => linkOf(owed)));
    expect(new Set(made.map((link) => link.path)).size).toBe(1);
    expect(await desk.t.db.select().from(payLinks).where(eq(payLinks.invoiceId, owed.invoiceId))).toHaveLength(1);
  });

  it("that was changed by one letter, signed with another key, or made up is of nobody", async () => {
    const { id, token } = await linkOf(await owing());
    const others = [
      ...Array.from(token, (letter, at) => token.slice(0, at) + (letter === "A" ? "B" : "A") + token.slice(at + 1)),
      signPayLink(createKeys("another"), id),
      ...["", "x", `${token}A`, `${token}=`, token.slice(1), "A".repeat(43), `../${token}`],
    ];
    for (const other of others.filter((one) => one !== token)) expect(await stateNow(other), other).toBe(null);
    expect(await stateNow(token)).toBe("living");
  });

  it("cannot be made out of the table alone", async () => {
    const { token } = await linkOf(await owing());
    const rows = await desk.t.db.select().from(payLinks);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe("a guest", () => {
  it("sees and pays the bill of the link: one payment without a maker, a card that is not kept", async () => {
    const owed = await owing();
    const { guest, today } = await guestOf(owed);
    const asGuest = as(guest);
    expect(await getGuestBill(asGuest, { guest, today })).toMatchObject({ id: owed.invoiceId, payableMinor: 10_000n });
    const paid = await startPayment({ ctx: asGuest, input: await request(owed) });
    expect(paid).toMatchObject({ ok: true, value: { state: "settled" } });
    expect(await openOf(owed.invoiceId)).toBe(0n);
    const [row] = await desk.t.db.select().from(payments).where(eq(payments.accountId, owed.accountId));
    expect(row).toMatchObject({ madeBy: null, payLinkId: guest.linkId, saveMethod: false, paymentMethodId: null });
    const [receipt] = await mailsTo(owed.accountId, "receipt");
    expect(receipt?.toAddress).toMatch(/^ada\d+@demo.test$/);
    expect(JSON.stringify(receipt?.data)).toContain(`/p/@${guest.linkId}/paid/pay_`);
  });

  it("reaches no other bill: not of the same account, not of another one", async () => {
    const [owed, other] = [await owing(), await owing()];
    const sibling = await anotherBill(owed.accountId);
    const { guest, today } = await guestOf(owed);
    const asGuest = as(guest);
    for (const { accountId, invoiceId } of [{ accountId: owed.accountId, invoiceId: sibling }, other]) {
      const input = { accountId, invoiceId };
      await expect(ensurePayLink({ ctx: asGuest, input })).rejects.toEqual(fault("not_found"));
      await expect(startPayment({ ctx: asGuest, input: await request(input) })).rejects.toEqual(fault("not_found"));
      await expect(getGuestBill(asGuest, { guest: { ...guest, ...input }, today })).rejects.toEqual(fault("not_found"));
      expect(await openOf(invoiceId)).toBe(10_000n);
    }
    const both = [owed.invoiceId, sibling].map((invoiceId) => ({ invoiceId, amountMinor: 5_000n }));
    await expect(startPayment({ ctx: asGuest, input: await request(owed, { bills: both }) })).rejects.toEqual(
      fault("not_found"),
    );
    expect((await getGuestPlan(asGuest, { guest, today })).bills.map((bill) => bill.invoiceId)).toEqual([
      owed.invoiceId,
    ]);
  });

  it("has three rights, each on the link's bill alone, and none on the account", async () => {
    const owed = await owing();
    const { guest } = await guestOf(owed);
    const { accountId, invoiceId } = owed;
    const names = Object.keys(PERMISSIONS) as Permission[];
    const allowed = (subject?: Subject) => names.filter((name) => may(guest, name, subject));
    expect(allowed({ accountId, invoiceIds: [invoiceId] })).toEqual(["invoice.view", "payment.view", "payment.make"]);
    expect(allowed({ accountId, payLinkId: guest.linkId })).toEqual(["invoice.view", "payment.view", "payment.make"]);
    const another = "00000000-0000-7000-8000-000000000000";
    const nothing: (Subject | undefined)[] = [
      ...[undefined, accountId, { accountId, invoiceIds: [] }, { accountId, invoiceIds: [invoiceId, another] }],
      ...[
        { accountId: another, invoiceIds: [invoiceId] },
        { accountId: another, payLinkId: guest.linkId },
      ],
      ...[
        { accountId, payLinkId: null },
        { accountId, payLinkId: another },
      ],
    ];
    for (const subject of nothing) expect(allowed(subject), JSON.stringify(subject)).toEqual([]);
  });

  it("does nothing that staff or customers do: issue, renew, revoke", async () => {
    const owed = await owing();
    const { guest } = await guestOf(owed);
    const asGuest = { ctx: as(guest), input: owed };
    await expect(renewPayLink(asGuest)).rejects.toEqual(fault("not_found"));
    await expect(revokePayLink(asGuest)).rejects.toEqual(fault("not_found"));
  });

  it("keeps no card, uses no kept one, and leaves no credit", async () => {
    const owed = await owing();
    const { guest } = await guestOf(owed);
    const wishes: Partial<PaymentRequest>[] = [
      { means: { kind: "token", confirmationToken: await desk.standIn.token("pm_card_visa"), save: true } },
      { means: { kind: "saved", methodId: "00000000-0000-7000-8000-000000000000" } },
      { amountMinor: 12_000n, creditAllowed: true },
      { amountMinor: 12_000n },
    ];
    for (const wish of wishes) {
      const input = await request(owed, wish);
      await expect(startPayment({ ctx: as(guest), input })).rejects.toEqual(fault("forbidden"));
    }
    const more = await request(owed, {
      ...{ amountMinor: 12_000n, bills: [{ invoiceId: owed.invoiceId, amountMinor: 12_000n }] },
    });
    expect(await startPayment({ ctx: as(guest), input: more })).toMatchObject({ ok: false, reason: "more_than_due" });
    const less = await request(owed, {
      ...{ amountMinor: 10n, bills: [{ invoiceId: owed.invoiceId, amountMinor: 10n }] },
    });
    expect(await startPayment({ ctx: as(guest), input: less })).toMatchObject({ ok: false, reason: "below_minimum" });
  });

  it("may pay part of it, and then the rest; after that nothing is asked for and nothing is taken", async () => {
    const owed = await owing();
    const { guest, today } = await guestOf(owed);
    const part = await request(owed, {
      ...{ amountMinor: 4_000n, bills: [{ invoiceId: owed.invoiceId, amountMinor: 4_000n }] },
    });
    expect(await startPayment({ ctx: as(guest), input: part })).toMatchObject({ ok: true });
    expect((await getGuestPlan(as(guest), { guest, today })).toPayNow.amountMinor).toBe(6_000n);
    const rest = await request(owed, {
      ...{ amountMinor: 6_000n, bills: [{ invoiceId: owed.invoiceId, amountMinor: 6_000n }] },
    });
    expect(await startPayment({ ctx: as(guest), input: rest })).toMatchObject({ ok: true });
    expect((await getGuestPlan(as(guest), { guest, today })).bills).toEqual([]);
    expect(await startPayment({ ctx: as(guest), input: await request(owed) })).toMatchObject({ ok: false });
    expect((await guestOfPaid(guest.linkId)).state).toBe("living");
    expect(await ensurePayLink({ ctx: ctx(), input: owed })).toBe(null);
  });

  const guestOfPaid = async (linkId: string) => {
    const opened = await openPayLink(ctx(), signPayLink(ctx().keyFor, linkId));
    if (!opened) throw new Error("gone");
    return opened;
  };

  it("is shown the convenience fee before it is charged, and pays it outside the bill", async () => {
    const payment = DEFAULT_POLICIES.payment;
    const card = { basisPoints: 250, fixedMinor: 0n };
    const body = { ...payment, convenienceFee: { ...payment.convenienceFee, card } };
    await savePolicy({ ctx: ctx(), input: { kind: "payment", body, reason: "test", expectedVersion: 0 } });
    const owed = await owing();
    const { guest } = await guestOf(owed);
    const unseen = await startPayment({ ctx: as(guest), input: await request(owed) });
    expect(unseen).toMatchObject({ ok: false, reason: "fee_asked", feeMinor: 250n });
    const seen = await request(owed, { feeSeenMinor: 250n });
    expect(await startPayment({ ctx: as(guest), input: seen })).toMatchObject({
      ok: true,
      value: { state: "settled" },
    });
    expect(await openOf(owed.invoiceId)).toBe(0n);
    await savePolicy({ ctx: ctx(), input: { kind: "payment", body: payment, reason: "back", expectedVersion: 1 } });
  });

  it("asked twice with one key at the same moment pays once", async () => {
    const owed = await owing();
    const { guest } = await guestOf(owed);
    const input = await request(owed);
    const both = await Promise.all([1, 2, 3].map(() => startPayment({ ctx: as(guest), input })));
    expect(new Set(both.map((one) => (one.ok ? one.value.paymentId : one.reason))).size).toBe(1);
    expect(await desk.t.db.select().from(payments).where(eq(payments.accountId, owed.accountId))).toHaveLength(1);
  });

  it("tries ten cards in a quarter of an hour and not an eleventh", async () => {
    const { guest } = await guestOf(await owing());
    const attempt = (at: number) => limitGuest(ctx(), { guest, ip: `10.9.0.${at}` });
    for (let at = 0; at < 10; at += 1) expect((await attempt(at)).ok).toBe(true);
    expect(await attempt(11)).toMatchObject({ ok: false, reason: "too_many_attempts" });
  });

  it("sees no payment of anybody else, though it paid the same bill (S47)", async () => {
    const owed = await owing();
    const input = await request(owed, {
      ...{ amountMinor: 4_000n, bills: [{ invoiceId: owed.invoiceId, amountMinor: 4_000n }] },
    });
    const paid = await startPayment({ ctx: ctx(), input });
    if (!paid.ok) throw new Error(paid.reason);
    const { paymentId } = paid.value;
    const { guest } = await guestOf(owed);
    await expect(refreshPayment(as(guest), paymentId)).rejects.toEqual(fault("not_found"));
    await expect(cancelPayment({ ctx: as(guest), input: { paymentId } })).rejects.toEqual(fault("not_found"));
    expect((await getPayment(desk.t.db, paymentId)).payLinkId).toBe(null);
  });

  it("gets nothing out of another's idempotency key (S48)", async () => {
    const [owed, other] = [await owing(), await owing()];
    const mine = await guestOf(owed);
    const theirs = await guestOf(other);
    const input = await request(other);
    const paid = await startPayment({ ctx: as(theirs.guest), input });
    expect(paid.ok).toBe(true);
    const { idempotencyKey } = input;
    const asMe = as(mine.guest);
    expect(await resumePayment({ ctx: asMe, input: { accountId: owed.accountId, idempotencyKey } })).toBe(null);
    const theirAccount = resumePayment({ ctx: asMe, input: { accountId: other.accountId, idempotencyKey } });
    await expect(theirAccount).rejects.toEqual(fault("not_found"));
    const again = await startPayment({ ctx: asMe, input: await request(owed, { idempotencyKey }) });
    expect(again).toMatchObject({ ok: false, reason: "key_reused_with_other_input" });
    const theSame = {
      ...input,
      accountId: owed.accountId,
      bills: [{ invoiceId: owed.invoiceId, amountMinor: 10_000n }],
    };
    expect(await startPayment({ ctx: asMe, input: theSame })).toMatchObject({ ok: false });
    expect(await openOf(owed.invoiceId)).toBe(10_000n);
  });
});

describe("a link that ends", () => {
  it("by its days opens nothing from the next day on; the next one is another address", async () => {
    const owed = await owing();
    const link = await linkOf(owed);
    expect(await stateNow(link.token, new Date(`${link.expiresOn}T23:00:00Z`))).toBe("living");
    const after = new Date(`${addDays(link.expiresOn, 1)}T01:00:00Z`);
    expect(await stateNow(link.token, after)).toBe("expired");
    const next = await ensurePayLink({ ctx: ctx({ now: after }), input: owed });
    expect(next?.path).not.toBe(link.path);
    expect(await stateNow(link.token, after)).toBe("replaced");
  });

  it("by staff opens nothing at once, and a renewed one takes its place", async () => {
    const owed = await owing();
    const link = await linkOf(owed);
    await revokePayLink({ ctx: ctx(), input: owed });
    expect(await stateNow(link.token)).toBe("revoked");
    const renewed = await renewPayLink({ ctx: ctx(), input: owed });
    if (!renewed.ok) throw new Error(renewed.reason);
    expect(renewed.value.path).not.toBe(link.path);
    expect(await stateNow(link.token)).toBe("revoked");
    const again = await renewPayLink({ ctx: ctx(), input: owed });
    expect(again.ok).toBe(true);
    expect(await stateNow(renewed.value.path.replace("/p/", ""))).toBe("replaced");
  });

  it("mails a fresh one to the address on file alone, however it ended, with the same answer", async () => {
    const owed = await owing();
    const { token } = await linkOf(owed);
    await revokePayLink({ ctx: ctx(), input: owed });
    const asked = await requestFreshLink({ ctx: ctx({ requestId: `f${place}` }), input: { token, ip: "10.1.0.1" } });
    expect(asked).toEqual({ ok: true, value: null });
    const sent = await mailsTo(owed.accountId, "pay_links");
    expect(sent.map((mail) => mail.toAddress)).toEqual([expect.stringMatching(/^ada\d+@demo.test$/)]);
    expect(JSON.stringify(sent[0]?.data)).not.toContain(token);
  });

  it("is asked about three times in a quarter of an hour, not more", async () => {
    const owed = await owing();
    const { token } = await linkOf(owed);
    await revokePayLink({ ctx: ctx(), input: owed });
    const ask = (n: number) =>
      requestFreshLink({ ctx: ctx({ requestId: `r${place}-${n}` }), input: { token, ip: "10.1.0.2" } });
    for (const n of [1, 2, 3]) expect((await ask(n)).ok).toBe(true);
    expect(await ask(4)).toMatchObject({ ok: false, reason: "too_many_attempts" });
  });
});

describe("the look-up", () => {
  const ask = (accountNumber: string, postalCode: string, ip = "10.2.0.1") =>
    lookUpBills({ ctx: ctx({ requestId: `u${++place}` }), input: { accountNumber, postalCode, ip } });

  it("answers the same whatever is true, and mails only where both fit", async () => {
    const owed = await owing();
    const answers = [
      await ask(owed.number, "99999"),
      await ask("L-none", "04101"),
      await ask(` ${owed.number} `, "04101"),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const sent = await mailsTo(owed.accountId, "pay_links");
    expect(sent).toHaveLength(1);
  });

  it("takes as long for what exists as for what does not (S17)", async () => {
    const owed = await owing();
    const timed = async (number: string, ip: string) => {
      const began = performance.now();
      await ask(number, "04101", ip);
      return performance.now() - began;
    };
    const [hit, miss] = [await timed(owed.number, "10.2.9.1"), await timed("L-nobody", "10.2.9.2")];
    expect(Math.min(hit, miss)).toBeGreaterThanOrEqual(145);
  });

  it("is limited by account number, in any case and spelling of the address (S19)", async () => {
    const { number } = await owing();
    const spellings = [number, number.toLowerCase(), ` ${number}`, number.replace("L", "Ｌ"), `${number} `];
    for (const [at, spelling] of spellings.entries()) expect((await ask(spelling, "1", `10.3.0.${at}`)).ok).toBe(true);
    expect(await ask(number, "04101", "10.3.0.9")).toMatchObject({ ok: false, reason: "too_many_attempts" });
  });

  it("is limited by network: all of an IPv6 household counts as one (S19)", async () => {
    for (let n = 0; n < 20; n += 1) expect((await ask(`L-x${n}`, "1", `2001:db8:1:2::${n}`)).ok).toBe(true);
    expect((await ask("L-y", "1", "2001:db8:1:2:ffff::1")).ok).toBe(false);
    expect((await ask("L-y", "1", "2001:db8:1:3::1")).ok).toBe(true);
  });

  it("shows the bills at once where the policy says so, and nothing where the two do not fit", async () => {
    const owed = await owing();
    const body = { ...DEFAULT_POLICIES.pay_links, lookup: "show" as const };
    await savePolicy({ ctx: ctx(), input: { kind: "pay_links", body, reason: "test", expectedVersion: 0 } });
    const found = await ask(owed.number, "04101", "10.4.0.1");
    expect(found).toMatchObject({ ok: true, value: { bills: [{ amount: { amountMinor: 10_000n } }] } });
    expect(await ask(owed.number, "99999", "10.4.0.1")).toEqual({ ok: true, value: { bills: [] } });
    expect(await mailsTo(owed.accountId, "pay_links")).toEqual([]);
    const mail = { kind: "pay_links" as const, body: DEFAULT_POLICIES.pay_links, reason: "back", expectedVersion: 1 };
    await savePolicy({ ctx: ctx(), input: mail });
  });
});

describe("a new bill", () => {
  it("is mailed once with its link, unsigned until it is rendered", async () => {
    const owed = await owing();
    const link = await linkOf(owed);
    for (const _ of [1, 2]) await mailIssuedBill({ ctx: ctx(), input: owed });
    const sent = await mailsTo(owed.accountId, "bill_issued");
    expect(sent.map((mail) => mail.data)).toMatchObject([{ path: `/p/@${link.id}` }]);
    expect(await getBillById(desk.t.db, { ...owed, today: localDate("2026-11-23") })).toMatchObject({
      openMinor: 10_000n,
    });
  });

  it("says what autopay will take of it, and nothing of autopay where there is none", async () => {
    const [owed, byHand] = [await owing(), await owing()];
    const { accountId, invoiceId } = owed;
    const [method] = await desk.t.db
      .insert(paymentMethods)
      .values({ accountId, processorId: "pm_autopay", kind: "card", last4: "4242", brand: "visa" })
      .returning();
    const wish = {
      amountKind: "fixed",
      fixedMinor: 2_500n,
      daysBeforeDue: 0,
      mandateText: "I agree.",
      ip: null,
    } as const;
    await setUpAutopay({ ctx: ctx(), input: { ...wish, accountId, methodId: method?.id ?? "" } });
    for (const one of [owed, byHand]) await mailIssuedBill({ ctx: ctx(), input: one });
    const usd = (minor: number) => ({ amountMinor: String(minor), currency: "USD" });
    const [told] = await mailsTo(accountId, "bill_issued");
    const { dueOn } = await getBillById(desk.t.db, { accountId, invoiceId, today: localDate("2026-11-23") });
    expect(told?.data).toMatchObject({
      autopay: {
        ...{ paused: false, method: "Visa ··4242", expiresOn: null, lastFailed: false, most: usd(2_500) },
        ...{ takes: [{ on: dueOn, amount: usd(2_500), total: usd(2_500) }], credit: null, rest: usd(7_500) },
      },
    });
    const [plain] = await mailsTo(byHand.accountId, "bill_issued");
    expect(plain?.data).not.toHaveProperty("autopay");
  });

  it.each([
    ["bill", undefined],
    ["late_fee", "Bill INV-1 was due on Nov 1, 2026. This fee is on the $60.00 of it that stayed unpaid."],
  ] as const)("of the kind %s says why there is a fee, and of a bill nothing", async (kind, why) => {
    const { accountId, invoiceId } = await owing();
    const issued = await issueInvoice({
      ctx: ctx(),
      input: {
        ...{ accountId, kind, issuedOn: localDate("2026-11-20"), dueOn: localDate("2026-12-04"), silent: true },
        ...(kind === "late_fee" ? { parentId: invoiceId, feeOnMinor: 6_000n } : {}),
        lines: [{ description: "A line", unitPrice: "0.90", ...(why ? { explanation: why } : {}) }],
        idempotencyKey: `why-${kind}`,
      },
    });
    if (!issued.ok) throw new Error(issued.reason);
    await mailIssuedBill({ ctx: ctx(), input: { accountId, invoiceId: issued.value.invoiceId } });
    const [mail] = await mailsTo(accountId, "bill_issued");
    expect((mail?.data as { why?: string }).why).toBe(why);
  });
});
