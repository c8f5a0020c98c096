import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { logins, passkeyChallenges, passkeys, rateLimits, sessions as sessionRows } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import {
  addPasskey,
  createLogin,
  createSessions,
  listPasskeys,
  offerPasskey,
  type PasskeyPurpose,
  proveAgain,
  removePasskey,
  signInWithPasskey,
} from "./index.ts";

const ORIGIN = "http://localhost:3000";
const b64 = (bytes: Buffer | string) => Buffer.from(bytes).toString("base64url");
const sha256 = (text: string | Buffer) => createHash("sha256").update(text).digest();
const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
const id = randomBytes(32);
const USED_BY_VERIFIED_OWNER = 0x05;
const WITH_KEY = 0x40;

type Parts = { origin?: string; rpId?: string; counter?: number; flags?: number };

const authData = (
  { rpId = "localhost", counter = 1, flags = USED_BY_VERIFIED_OWNER }: Parts,
  key = Buffer.alloc(0),
) => {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, key]);
};
const clientData = (type: string, challenge: string, { origin = ORIGIN }: Parts) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

/** What a device answers when a passkey is made: CBOR by hand, "none" as attestation (WebAuthn §6.5.4). */
function made(challenge: string, parts: Parts = {}) {
  const { x = "", y = "" } = pair.publicKey.export({ format: "jwk" });
  const coordinate = (text: string) => Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(text, "base64url")]);
  const key = Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    ...[coordinate(x), Buffer.from([0x22]), coordinate(y)],
  ]);
  const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key]);
  const flags = (parts.flags ?? USED_BY_VERIFIED_OWNER) | WITH_KEY;
  const data = authData({ counter: 0, ...parts, flags }, attested);
  const text = (word: string) => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)]);
  const attestation = Buffer.concat([
    ...[Buffer.from([0xa3]), text("fmt"), text("none"), text("attStmt"), Buffer.from([0xa0]), text("authData")],
    ...[Buffer.from([0x58, data.length]), data],
  ]);
  const response = {
    clientDataJSON: b64(clientData("webauthn.create", challenge, parts)),
    attestationObject: b64(attestation),
    transports: [],
  };
  return { ...{ id: b64(id), rawId: b64(id), type: "public-key" as const, clientExtensionResults: {} }, response };
}

/** What it answers when it is used. */
function signed(challenge: string, parts: Parts = {}) {
  const client = clientData("webauthn.get", challenge, parts);
  const data = authData(parts);
  const signature = sign("sha256", Buffer.concat([data, sha256(client)]), pair.privateKey);
  const response = { clientDataJSON: b64(client), authenticatorData: b64(data), signature: b64(signature) };
  return { ...{ id: b64(id), rawId: b64(id), type: "public-key" as const, clientExtensionResults: {} }, response };
}

let t: TestDatabase;
let loginId: string;
let sessionId: string;
const ip = "203.0.113.7";

beforeAll(async () => {
  t = await createTestDatabase();
});
afterAll(() => t.drop());
beforeEach(async () => {
  for (const table of [rateLimits, logins, passkeyChallenges]) await t.db.delete(table);
  loginId = await make("ana@example.com");
  sessionId = await open(loginId);
});

async function make(email: string): Promise<string> {
  const input = { email, name: "Ana", role: "customer" as const, password: null };
  const login = await createLogin({ ctx: testCtx(t.db), input });
  if (!login.ok) throw new Error("no login");
  return login.value.id;
}
async function open(whose: string): Promise<string> {
  const sessions = createSessions({ db: t.db, secure: false });
  const set = await sessions.open({ loginId: whose, role: "customer" }, { userAgent: null, ip, cookieHeader: null });
  return (await sessions.read(set.split(";", 1)[0] ?? ""))?.sessionId ?? "";
}
const as = (whose = loginId): Ctx => {
  const person = { loginId: whose, name: "Ana", email: "ana@example.com", locale: "en-US", accounts: new Map() };
  return testCtx(t.db, { actor: { kind: "customer", ...person } });
};
async function challenge(purpose: PasskeyPurpose, ctx = as(), session: string | null = sessionId): Promise<string> {
  const offered = await offerPasskey({ ctx, input: { purpose, ip, sessionId: session, biller: "Harbor" } });
  if (!offered.ok) throw new Error(offered.reason);
  return (offered.value.options as { challenge: string }).challenge;
}
const add = (answer: ReturnType<typeof made>) => addPasskey({ ctx: as(), input: { answer, name: "Phone", sessionId } });
const use = (answer: ReturnType<typeof signed>) => signInWithPasskey({ ctx: as(), input: { answer, ip } });
const wrong = { ok: false, reason: "wrong_passkey" };

async function withPasskey(): Promise<void> {
  expect(await add(made(await challenge("add")))).toEqual({ ok: true, value: null });
}

test("a passkey that was added signs in, once per answer (S24)", async () => {
  await withPasskey();
  const answer = signed(await challenge("sign_in"));
  const answers = await Promise.all([use(answer), use(answer), use(answer)]);
  expect(answers.filter((one) => one.ok)).toMatchObject([{ value: { loginId, role: "customer" } }]);
  expect(await use(answer)).toEqual(wrong);
  expect(await use(signed(await challenge("sign_in"), { counter: 2 }))).toMatchObject({ ok: true });
});

test.each([
  ["another site's page", { origin: "https://evil.example" }],
  ["another port", { origin: "http://localhost:3001" }],
  ["another relying party", { rpId: "evil.example" }],
  ["nobody verified", { flags: 0x01 }],
] as const)("an answer from %s opens nothing, and adds nothing (S24)", async (_, parts) => {
  expect(await add(made(await challenge("add"), parts))).toEqual(wrong);
  await withPasskey();
  expect(await use(signed(await challenge("sign_in"), parts))).toEqual(wrong);
});

test("a counter that stands still or runs backwards is a copied key (S24)", async () => {
  await withPasskey();
  expect(await use(signed(await challenge("sign_in"), { counter: 9 }))).toMatchObject({ ok: true });
  for (const counter of [9, 8, 1]) expect(await use(signed(await challenge("sign_in"), { counter }))).toEqual(wrong);
  expect(await use(signed(await challenge("sign_in"), { counter: 10 }))).toMatchObject({ ok: true });
});

test("a challenge is for one purpose and one person, ours, and not over (S24)", async () => {
  await withPasskey();
  expect(await use(signed(await challenge("confirm")))).toEqual(wrong);
  expect(await use(signed(b64(randomBytes(32))))).toEqual(wrong);
  expect(await use({ ...signed(""), response: { ...signed("").response, clientDataJSON: b64("no json") } })).toEqual(
    wrong,
  );
  const late = await challenge("sign_in");
  await t.db.update(passkeyChallenges).set({ expiresAt: new Date(Date.now() - 1_000) });
  expect(await use(signed(late))).toEqual(wrong);
  const other = await make("bo@example.com");
  const theirs = await challenge("confirm", as(other), await open(other));
  const proof = { by: "passkey" as const, answer: signed(theirs) };
  expect(await proveAgain({ ctx: as(), input: { sessionId, ip, proof } })).toEqual(wrong);
});

test("a suspended login's passkey, and one that was removed, open nothing", async () => {
  await withPasskey();
  await t.db.update(logins).set({ suspendedAt: new Date() });
  expect(await use(signed(await challenge("sign_in")))).toEqual(wrong);
  await t.db.update(logins).set({ suspendedAt: null });
  const [kept] = await listPasskeys(t.db, loginId);
  const other = await make("bo@example.com");
  const theirs = await open(other);
  await removePasskey({ ctx: as(other), input: { passkeyId: kept?.id ?? "", sessionId: theirs } });
  expect(await listPasskeys(t.db, loginId)).toHaveLength(1);
  await removePasskey({ ctx: as(), input: { passkeyId: kept?.id ?? "", sessionId } });
  expect(await use(signed(await challenge("sign_in"), { counter: 5 }))).toEqual(wrong);
});

test("adding and removing ask who it is again after ten minutes; the passkey itself is an answer", async () => {
  await withPasskey();
  await t.db.update(sessionRows).set({ provedAt: new Date(Date.now() - 11 * 60_000) });
  const [kept] = await t.db.select().from(passkeys).where(eq(passkeys.loginId, loginId));
  const remove = () => removePasskey({ ctx: as(), input: { passkeyId: kept?.id ?? "", sessionId } });
  expect(await remove()).toEqual({ ok: false, reason: "proof_needed" });
  const asked = { purpose: "add" as const, ip, sessionId, biller: "Harbor" };
  expect(await offerPasskey({ ctx: as(), input: asked })).toEqual({ ok: false, reason: "proof_needed" });
  const proof = { by: "passkey" as const, answer: signed(await challenge("confirm")) };
  expect(await proveAgain({ ctx: as(), input: { sessionId, ip, proof } })).toEqual({ ok: true, value: null });
  expect(await remove()).toEqual({ ok: true, value: null });
});
