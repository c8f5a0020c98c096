import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { methodSetups } from "#db/schema/index.ts";
import { createAccounts } from "#server/domains/accounts/index.ts";
import { type Processor } from "#server/platform/processor.ts";
import { testCtx } from "#server/testing/test-ctx.ts";
import { useStandIn } from "#server/testing/use-stand-in.ts";

import {
  cancelMethodSetup,
  listOpenSetups,
  listSavedMethods,
  processEvent,
  receiveEvent,
  startMethodSetup,
  sweepSetups,
} from "./index.ts";

const HOUR = 3_600_000;
const desk = useStandIn();
let place = 0;

const ctx = (processor = desk.standIn.processor) => testCtx(desk.t.db, { processor, now: desk.standIn.now() });

async function account(): Promise<string> {
  place += 1;
  const accounts = [{ number: `M-${place}`, name: "Ada", email: null, currency: currency("USD"), zone: "UTC" }];
  const { value } = await createAccounts({ ctx: ctx(), input: { accounts } });
  return value[0]?.id ?? "";
}

const request = async (accountId: string, method: string, makeDefault = false) => ({
  ...{ accountId, makeDefault, confirmationToken: await desk.standIn.token(method) },
  idempotencyKey: `setup ${place} ${method}`,
});

const saved = async (accountId: string) =>
  (await listSavedMethods(desk.t.db, { accountId, now: desk.standIn.now() })).map(({ label, isDefault }) => [
    label,
    isDefault,
  ]);

async function hear(): Promise<void> {
  for (const { raw, signature } of await desk.standIn.deliveries()) {
    await receiveEvent({ ctx: ctx(), input: { raw, signature } });
    await processEvent(ctx(), (JSON.parse(raw) as { id: string }).id);
  }
}

describe("a method saved alone", () => {
  it("is there at once, the first one as the default, and a later one only when asked", async () => {
    const accountId = await account();
    const first = await startMethodSetup({ ctx: ctx(), input: await request(accountId, "pm_card_visa") });
    expect(first.state).toBe("done");
    await startMethodSetup({ ctx: ctx(), input: await request(accountId, "pm_card_mastercard") });
    expect(await saved(accountId)).toEqual([
      ["Visa ··4242", true],
      ["Mastercard ··4444", false],
    ]);
    await startMethodSetup({ ctx: ctx(), input: await request(accountId, "pm_card_amex", true) });
    expect((await saved(accountId))[0]).toEqual(["American Express ··0005", true]);
  });

  it("asked for many times at once with one key is saved once", async () => {
    const accountId = await account();
    const input = await request(accountId, "pm_card_visa");
    const answers = await Promise.all([1, 2, 3, 4].map(() => startMethodSetup({ ctx: ctx(), input })));
    expect(new Set(answers.map((answer) => answer.setupId)).size).toBe(1);
    expect(await saved(accountId)).toHaveLength(1);
  });

  it("that its bank declines is not saved, and says why", async () => {
    const accountId = await account();
    const input = await request(accountId, "pm_card_chargeDeclined");
    expect(await startMethodSetup({ ctx: ctx(), input })).toMatchObject({ state: "failed", failure: "card_declined" });
    expect(await saved(accountId)).toEqual([]);
  });

  it("that wants to see its holder waits, and is forgotten when nobody comes", async () => {
    const accountId = await account();
    const input = await request(accountId, "pm_card_authenticationRequired");
    const started = await startMethodSetup({ ctx: ctx(), input });
    expect(started.state).toBe("requires_action");
    expect(started.clientSecret).not.toBeNull();
    expect(await listOpenSetups(ctx(), accountId)).toMatchObject([{ kind: "card", verifyUrl: null }]);
    await desk.standIn.advance(2 * HOUR);
    await sweepSetups(ctx());
    expect(await listOpenSetups(ctx(), accountId)).toEqual([]);
  });

  it("can be left while it waits", async () => {
    const accountId = await account();
    const input = await request(accountId, "pm_card_authenticationRequired");
    const { setupId } = await startMethodSetup({ ctx: ctx(), input });
    await cancelMethodSetup(ctx(), { accountId, setupId });
    await cancelMethodSetup(ctx(), { accountId, setupId });
    const [row] = await desk.t.db.select().from(methodSetups).where(eq(methodSetups.id, setupId));
    expect(row?.state).toBe("canceled");
  });

  it("whose answer is never heard is found by the sweep, or told by the webhook", async () => {
    const accountId = await account();
    const deaf: Processor = {
      ...desk.standIn.processor,
      startSetup: async (start) => {
        await desk.standIn.processor.startSetup(start);
        return { known: false };
      },
    };
    await desk.standIn.deliveries();
    const input = await request(accountId, "pm_card_visa");
    expect((await startMethodSetup({ ctx: ctx(deaf), input })).state).toBe("requested");
    await hear();
    expect(await saved(accountId)).toEqual([["Visa ··4242", true]]);
    const other = await account();
    await startMethodSetup({ ctx: ctx(deaf), input: await request(other, "pm_card_visa") });
    await desk.standIn.advance(HOUR);
    await sweepSetups(ctx());
    expect(await saved(other)).toEqual([["Visa ··4242", true]]);
  });

  it("as a bank account by small deposits waits for them, and is saved when they are told", async () => {
    const accountId = await account();
    const token = await desk.standIn.stripe.testHelpers.confirmationTokens.create({
      payment_method_data: {
        type: "us_bank_account",
        us_bank_account: {
          account_number: "000123456789",
          routing_number: "110000000",
          account_holder_type: "individual",
        },
        billing_details: { name: "Ada", email: "ada@demo.test" },
      },
    });
    const input = { accountId, makeDefault: false, confirmationToken: token.id, idempotencyKey: `deposits ${place}` };
    const started = await startMethodSetup({ ctx: ctx(), input });
    expect(started.state).toBe("requires_action");
    const [open] = await listOpenSetups(ctx(), accountId);
    expect(open).toMatchObject({ kind: "bank_debit" });
    expect(open?.verifyUrl).toMatch(/^http/);
    const [row] = await desk.t.db.select().from(methodSetups).where(eq(methodSetups.id, started.setupId));
    await desk.standIn.stripe.setupIntents.verifyMicrodeposits(row?.intentId ?? "", { amounts: [32, 45] });
    await hear();
    expect(await saved(accountId)).toEqual([["STRIPE TEST BANK ··6789", true]]);
  });
});
