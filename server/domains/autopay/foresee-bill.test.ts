import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { addDays } from "#app/contracts/local-date.ts";
import { paymentMethods } from "#db/schema/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { testCtx } from "#server/testing/test-ctx.ts";
import { useStandIn } from "#server/testing/use-stand-in.ts";

import { foreseeBill, pauseAutopay, runAutopayDuties } from "./index.ts";
import { type AutopayRequest } from "./set-up-autopay.ts";
import { testPayers, type TestPayers } from "./test-payer.ts";

const desk = useStandIn(new Date("2028-03-02T17:00:00Z"));
let payers: TestPayers;
beforeAll(() => {
  payers = testPayers({ db: desk.t.db, standIn: desk.standIn, ctx });
});

const ctx = (parts: Partial<Ctx> = {}): Ctx =>
  testCtx(desk.t.db, { processor: desk.standIn.processor, now: desk.standIn.now(), ...parts });

const foresee = (accountId: string, invoiceId: string) =>
  foreseeBill(desk.t.db, { accountId, invoiceId, today: payers.today() });

describe("what is foreseen of a new bill", () => {
  it.each<[string, Partial<AutopayRequest>, number]>([
    ["each bill's amount, on its due date", {}, 26],
    ["each bill's amount, days before", { daysBeforeDue: 4 }, 26],
    ["each bill's amount, too soon for its notice", {}, 3],
    ["the full balance, with a bill that is due before", { amountKind: "full_balance" }, 26],
    ["a fixed amount", { amountKind: "fixed", fixedMinor: 12_500n }, 26],
  ])("%s: is what then happens", async (_, more, days) => {
    const who = await payers.payer();
    await payers.enrol(who, more);
    await payers.bill(who.accountId, { dueOn: addDays(payers.today(), 12), amount: "40.00" });
    const dueOn = addDays(payers.today(), days);
    const invoiceId = await payers.bill(who.accountId, { dueOn });
    const foreseen = await foresee(who.accountId, invoiceId);
    expect(foreseen).toMatchObject({ paused: false, method: "Visa ··0341", expiresOn: null, lastFailed: false });
    await runAutopayDuties(ctx());
    await payers.live(days + 11);
    const drafts = (await payers.draftsOf(who.accountId)).filter(({ state }) => state === "paid");
    for (const { draftOn, totalMinor } of foreseen?.takes ?? []) {
      expect(drafts.find((draft) => draft.draftOn === draftOn)?.announcedMinor).toBe(totalMinor);
    }
    const takenMinor = (foreseen?.takes ?? []).reduce((sum, { minor }) => sum + minor, 0n);
    expect(takenMinor + (foreseen?.restMinor ?? 0n)).toBe(100_00n);
    expect(takenMinor).toBeGreaterThan(0n);
    expect(await payers.openOf(invoiceId)).toBe(foreseen?.restMinor);
  });

  it("off: nothing; paused: none of it", async () => {
    const who = await payers.payer();
    const invoiceId = await payers.bill(who.accountId, { dueOn: addDays(payers.today(), 20) });
    expect(await foresee(who.accountId, invoiceId)).toBeNull();
    await payers.enrol(who);
    await pauseAutopay({ ctx: ctx(), input: { accountId: who.accountId, paused: true } });
    expect(await foresee(who.accountId, invoiceId)).toMatchObject({ paused: true, takes: [], restMinor: 100_00n });
  });

  it("after one that failed it says so, and that the failed one's bill is not drafted again", async () => {
    const who = await payers.payer("pm_card_chargeCustomerFail");
    await payers.enrol(who);
    const failed = await payers.bill(who.accountId, { dueOn: addDays(payers.today(), 10) });
    await payers.live(40);
    const invoiceId = await payers.bill(who.accountId, { dueOn: addDays(payers.today(), 20) });
    const day = addDays(payers.today(), 20);
    expect(await foresee(who.accountId, failed)).toMatchObject({ takes: [], restMinor: 100_00n, lastFailed: true });
    expect(await foresee(who.accountId, invoiceId)).toMatchObject({ takes: [{ draftOn: day }], lastFailed: true });
  });

  it("of a card that will have expired on the day its last day is told", async () => {
    const who = await payers.payer();
    await payers.enrol(who);
    const invoiceId = await payers.bill(who.accountId, { dueOn: addDays(payers.today(), 45) });
    const [month, year] = [Number(payers.today().slice(5, 7)), Number(payers.today().slice(0, 4))];
    await desk.t.db
      .update(paymentMethods)
      .set({ expMonth: month, expYear: year })
      .where(eq(paymentMethods.id, who.methodId));
    const foreseen = await foresee(who.accountId, invoiceId);
    expect(foreseen?.expiresOn?.slice(0, 7)).toBe(payers.today().slice(0, 7));
  });
});
