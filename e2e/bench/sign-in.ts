import { monitorEventLoopDelay } from "node:perf_hooks";

import { type OpenDatabase } from "#db/open-database.ts";
import { logins } from "#db/schema/index.ts";
import { hashPassword, passwordFits, signInWithPassword } from "#server/domains/auth/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { atLeast, atMost, compare, type Line } from "./measure.ts";

const PEOPLE = 2_000;
const PASSWORD = "a password of the bench";
/** More than hash at once: while some wait for the database, others hash. */
const WORKERS = 12;
/** What the delay is sampled with, and what a loop without work shows. */
const SAMPLE_MS = 1;

/** P11: signing in against nothing but the check of a hash, and how long it keeps everybody else waiting. */
export async function benchSignIn({ db }: OpenDatabase, say: (what: string) => void): Promise<Line[]> {
  say("signing in");
  const ctx = testCtx(db);
  const passwordHash = await hashPassword(PASSWORD);
  const people = Array.from({ length: PEOPLE }, (_, at) => `p11-${String(at)}@bench.test`);
  await db
    .insert(logins)
    .values(people.map((email) => ({ email, name: "Bench", role: "customer" as const, passwordHash })));
  let at = 0;
  // Everybody signs in from a network of their own, so that no limit is met.
  const signIn = async () => {
    at += 1;
    const email = people[at % PEOPLE] ?? "";
    const ip = `10.${String((at >> 16) & 255)}.${String((at >> 8) & 255)}.${String(at & 255)}`;
    const done = await signInWithPassword({ ctx, input: { email, password: PASSWORD, ip } });
    if (!done.ok) throw new Error(`sign-in was refused: ${done.reason}`);
  };
  const loop = monitorEventLoopDelay({ resolution: SAMPLE_MS });
  const ours = async () => {
    loop.enable();
    await signIn();
  };
  const { ratios } = await compare(
    { ours, reference: () => passwordFits(passwordHash, PASSWORD) },
    { workers: WORKERS },
  );
  loop.disable();
  return [
    atLeast("P11", "sign-in against the check of a hash alone", ratios, 0.8),
    atMost("P11", "event loop held up meanwhile, p99", loop.percentile(99) / 1e6 - SAMPLE_MS, {
      bound: 20,
      unit: "ms",
    }),
  ];
}
