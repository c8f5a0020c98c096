import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { currency } from "#app/contracts/currency.ts";
import { accountPeople, logins, mails } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { withTransaction } from "#db/transaction.ts";
import { accountMailKinds, type MailData } from "#server/domains/notifications/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { createAccounts, getAccount, mailAccount } from "./index.ts";

let t: TestDatabase;
let place = 0;
beforeAll(async () => void (t = await createTestDatabase()));
afterAll(() => t.drop());

type People = Readonly<Record<string, string>>;

async function open({ email, names }: { email: string | null; names: string[] }) {
  place += 1;
  const account = { number: `M-${String(place)}`, name: "Ada", currency: currency("USD"), zone: "UTC" };
  const { value } = await createAccounts({ ctx: testCtx(t.db), input: { accounts: [{ ...account, email }] } });
  const accountId = value[0]?.id ?? "";
  const people: Record<string, string> = {};
  for (const name of names) people[name] = await join(accountId, name);
  return { accountId, people: people as People };
}

async function join(accountId: string, name: string): Promise<string> {
  const loginId = await login(name);
  await t.db.insert(accountPeople).values({ accountId, loginId, right: "view" });
  return loginId;
}

async function login(name: string, role: "customer" | "rep" = "customer"): Promise<string> {
  const email = `${name}-${String(place)}@demo.test`;
  const [row] = await t.db.insert(logins).values({ email, name, role }).returning();
  return row?.id ?? "";
}

type Kind = ReturnType<typeof accountMailKinds>[number];

async function tell(accountId: string, { kind, doneBy = null }: { kind: Kind; doneBy?: string | null }) {
  const account = await getAccount(t.db, accountId);
  const mail = { kind, account, doneBy, dedupeKey: `${kind}:${accountId}`, data: {} as MailData[Kind] };
  await withTransaction(t.db, (tx) => mailAccount(tx, mail));
  return t.db.select().from(mails).where(eq(mails.kind, kind)).orderBy(mails.id);
}

/** Who is told, by the name before the place in the address. */
const namesOf = (told: { toAddress: string }[]) => told.map(({ toAddress }) => toAddress.split(/[-@]/)[0]);

it("the kinds are those of every topic but one's own replies", () => {
  expect(accountMailKinds().length).toBeGreaterThan(15);
  expect(accountMailKinds()).not.toContain("new_reply");
});

describe.each(accountMailKinds())("a mail of the kind %s", (kind) => {
  const toldOf = async (accountId: string, doneBy: string | null = null) => {
    await t.db.delete(mails);
    return namesOf(await tell(accountId, { kind, doneBy }));
  };

  it("goes to the address on file, and to none of the people beside it", async () => {
    const { accountId } = await open({ email: "office@demo.test", names: ["bea", "cy"] });
    expect(await toldOf(accountId)).toEqual(["office"]);
  });

  it.each([null, "no address at all", "a@demo.test, b@demo.test"])(
    "goes to each of the people where the address is %j, and stands among the news once",
    async (email) => {
      const { accountId } = await open({ email, names: ["bea", "cy"] });
      expect(await toldOf(accountId)).toEqual(["bea", "cy"]);
      const told = await tell(accountId, { kind });
      expect(namesOf(told)).toEqual(["bea", "cy"]);
      expect(told.filter((mail) => mail.accountId === accountId)).toHaveLength(1);
    },
  );

  it("about what one of them did goes to them alone, with an address on file and without", async () => {
    for (const email of [null, "office@demo.test"]) {
      const { accountId, people } = await open({ email, names: ["bea", "cy"] });
      expect(await toldOf(accountId, people["cy"])).toEqual(["cy"]);
    }
  });

  it("about what staff did, or somebody who is gone, goes to the account", async () => {
    const { accountId, people } = await open({ email: null, names: ["bea", "cy"] });
    expect(await toldOf(accountId, await login("sam", "rep"))).toEqual(["bea", "cy"]);
    await t.db.delete(accountPeople).where(eq(accountPeople.loginId, people["cy"] ?? ""));
    expect(await toldOf(accountId, people["cy"])).toEqual(["bea"]);
    await t.db
      .update(logins)
      .set({ suspendedAt: new Date() })
      .where(eq(logins.id, people["bea"] ?? ""));
    expect(await toldOf(accountId)).toEqual([]);
  });

  it("told again goes to nobody who came later, nor to an address put on file later", async () => {
    const { accountId } = await open({ email: null, names: ["bea"] });
    expect(await toldOf(accountId)).toEqual(["bea"]);
    await join(accountId, "cy");
    expect(namesOf(await tell(accountId, { kind }))).toEqual(["bea"]);
  });
});
