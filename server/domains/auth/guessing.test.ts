import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { rateLimits } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { addressKey, wideAddressKey } from "#server/platform/address-key.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  checkNewPassword,
  createLogin,
  deviceCookie,
  hashPassword,
  requestPasswordReset,
  requestSignInCode,
  signInWithCode,
  signInWithPassword,
} from "./index.ts";
import { inTurn } from "./in-turn.ts";
import { passwordFits } from "./passwords.ts";

let t: TestDatabase;
let loginId: string;
const email = "kim@example.com";
const password = "correct horse battery";

beforeAll(async () => {
  t = await createTestDatabase();
  const made = await createLogin({ ctx: testCtx(t.db), input: { email, name: "Kim", role: "customer", password } });
  if (!made.ok) throw new Error("no login");
  loginId = made.value.id;
});
afterAll(() => t.drop());
beforeEach(() => t.db.delete(rateLimits));

const ctx = () => testCtx(t.db, { actor: { kind: "anonymous" } });
const attacker = "203.0.113.7";
const owner = "198.51.100.9";
const tryIt = (typed: string, ip: string, parts: { email?: string; cookieHeader?: string } = {}) =>
  signInWithPassword({ ctx: ctx(), input: { email, password: typed, ip, ...parts } });

test("a stranger's wrong passwords do not lock the owner out of another network (S18)", async () => {
  for (let at = 0; at < 11; at += 1) await tryIt("wrong wrong wrong", attacker);
  expect(await tryIt(password, attacker)).toMatchObject({ reason: "too_many_attempts" });
  expect(await tryIt(password, owner)).toMatchObject({ ok: true });
});

test("a net of strangers that uses up the address leaves the owner's own browser, and a mailed code (S18)", async () => {
  for (let at = 0; at < 101; at += 1) await tryIt("wrong wrong wrong", `10.1.${String(at)}.1`);
  expect(await tryIt(password, owner)).toMatchObject({ reason: "too_many_attempts" });
  const { keyFor } = ctx();
  const mine = deviceCookie({ keyFor, loginId, secure: false }).split(";", 1)[0] ?? "";
  expect(await tryIt(password, owner, { cookieHeader: `a=b; ${mine}` })).toMatchObject({ ok: true });
  const foreign = deviceCookie({ keyFor, loginId: crypto.randomUUID(), secure: true }).split(";", 1)[0] ?? "";
  expect(await tryIt(password, owner, { cookieHeader: foreign })).toMatchObject({ reason: "too_many_attempts" });
  expect(await requestSignInCode({ ctx: ctx(), input: { email, ip: owner } })).toMatchObject({ ok: true });
});

test("a known browser has ten tries and no more", async () => {
  const mine = deviceCookie({ keyFor: ctx().keyFor, loginId, secure: false }).split(";", 1)[0] ?? "";
  for (let at = 0; at < 10; at += 1) await tryIt("wrong wrong wrong", owner, { cookieHeader: mine });
  expect(await tryIt(password, owner, { cookieHeader: mine })).toMatchObject({ reason: "too_many_attempts" });
});

test("neither case, blanks, full-width letters nor the sign for Kelvin make another address of one (S19)", async () => {
  const spellings = ["KIM@example.com", " kim@EXAMPLE.com ", "ｋｉｍ@example.com", "\u212aim@example.com"];
  for (const spelling of spellings)
    for (let at = 0; at < 3; at += 1) await tryIt("wrong", attacker, { email: spelling });
  expect(await tryIt(password, attacker)).toMatchObject({ reason: "too_many_attempts" });
});

test("other hosts of a /64 are one network, other /64s of a /48 share a wider one, however they are written (S19)", async () => {
  expect(addressKey("2001:DB8:0:1::5")).toBe(addressKey("2001:0db8:0000:0001:ffff::9"));
  expect(addressKey("::ffff:203.0.113.7")).toBe(addressKey("203.0.113.7"));
  expect(addressKey("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
  expect(wideAddressKey("2001:db8:7:1::5")).toBe(wideAddressKey("2001:db8:7:ffff::1"));
  expect(wideAddressKey("203.0.113.7")).toBeNull();
  for (let at = 0; at < 200; at += 1) {
    await tryIt("wrong", `2001:db8:7:${at.toString(16)}::1`, { email: `n${String(at)}@example.com` });
  }
  expect(await tryIt(password, "2001:db8:7:ffff::1")).toMatchObject({ reason: "too_many_attempts" });
  expect(await tryIt(password, "2001:db8:8::1")).toMatchObject({ ok: true });
}, 60_000);

test("somebody who asks for codes or guesses at them leaves the owner's code alone (S18)", async () => {
  const mine = await requestSignInCode({ ctx: ctx(), input: { email, ip: owner } });
  for (let at = 0; at < 6; at += 1) await requestSignInCode({ ctx: ctx(), input: { email, ip: attacker } });
  for (let at = 0; at < 16; at += 1) {
    await signInWithCode({ ctx: ctx(), input: { email, code: "00000000", request: "a guess", ip: attacker } });
  }
  const mails = await t.sql<{ code: string }[]>`
    select data ->> 'code' as code from mails where kind = 'sign_in_code' order by id`;
  const code = mails.at(-6)?.code ?? "";
  const request = mine.ok ? mine.value.request : "";
  expect(await signInWithCode({ ctx: ctx(), input: { email, code, request, ip: owner } })).toMatchObject({ ok: true });
}, 60_000);

test("unknown and known addresses are limited alike: the refusal tells nothing (S17)", async () => {
  const ask = async (who: string) => {
    for (let at = 0; at < 5; at += 1) await requestPasswordReset({ ctx: ctx(), input: { email: who, ip: attacker } });
    return requestPasswordReset({ ctx: ctx(), input: { email: who, ip: attacker } });
  };
  const [known, unknown] = [await ask(email), await ask("nobody@example.com")];
  expect(known).toMatchObject({ reason: "too_many_attempts" });
  expect(Object.keys(unknown)).toEqual(Object.keys(known));
});

test("two hundred passwords at once: some wait their turn, the rest hear that we are busy, and then it works again (S20)", async () => {
  const stored = await hashPassword(password);
  const answers = await Promise.allSettled(Array.from({ length: 200 }, () => passwordFits(stored, password)));
  const busy = answers.filter((answer) => answer.status === "rejected");
  expect(busy.length).toBe(200 - 68);
  for (const answer of busy) expect(answer.reason).toMatchObject({ code: "unavailable" });
  expect(await passwordFits(stored, password)).toBe(true);
});

test("never more than four at the same moment, and a failed one gives its place back", async () => {
  let [now, most] = [0, 0];
  const work = async () => {
    now += 1;
    most = Math.max(most, now);
    await Promise.resolve();
    now -= 1;
    throw new Error("failed");
  };
  await Promise.allSettled(Array.from({ length: 50 }, () => inTurn(work)));
  expect(most).toBe(4);
  expect(await inTurn(() => Promise.resolve("fine"))).toBe("fine");
});

test.each([
  ...[
    "password1234",
    "P@ssw0rd2024!",
    "dragondragon",
    "123456654321",
    "qwertyuiop123",
    "Sunshine2026!!",
    "iloveyou1234",
  ],
  ...[
    "1q2w3e4r5t6y",
    "aaaaaaaaaaaa",
    "abcabcabcabcabc",
    "ｐａｓｓｗｏｒｄ１２３４",
    "!!!charlie!!!",
    "Kim@example.com",
    "letmein 2026 !",
  ],
])("%s is refused as a password (S21)", (text) => {
  expect(checkNewPassword(text, [email, "Kim"])).toMatchObject({ reason: "password_too_common" });
});

test.each(["correct horse battery", "the dragon likes quiet mornings", "Tr0ub4dor&3xyz", "zxQ7-plane-Ω-tea"])(
  "%s is taken",
  (text) => {
    expect(checkNewPassword(text, [email, "Kim"])).toEqual({ ok: true });
  },
);

test("the same letters in another unicode form are the same password, also when they are many (S21)", async () => {
  const composed = "Ångström-café-ﬁne-naïve";
  expect(await passwordFits(await hashPassword(composed), composed.normalize("NFD"))).toBe(true);
  const long = "é".repeat(150).normalize("NFD");
  expect(long.length).toBe(300);
  expect(checkNewPassword(`x${"yé".repeat(60)}z`, [])).toMatchObject({ ok: true });
  expect(await passwordFits(await hashPassword(long), long)).toBe(true);
});
