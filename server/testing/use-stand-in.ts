import { afterAll, afterEach, beforeAll } from "vitest";

import { createTestDatabase, type TestDatabase } from "#db/testing/index.ts";

import { type StandIn, startStandIn } from "./stand-in.ts";

/**
 * A database and the stand-in for Stripe for the tests of a file, by its clock from `startsAt` on.
 * Faults that a test armed are gone after it. Both are there from the first `beforeAll` of the file on.
 */
export function useStandIn(startsAt = new Date("2026-11-23T15:00:00Z")): {
  readonly t: TestDatabase;
  readonly standIn: StandIn;
} {
  const given = {} as { t: TestDatabase; standIn: StandIn };
  beforeAll(async () => {
    given.t = await createTestDatabase();
    given.standIn = await startStandIn(given.t, startsAt);
  });
  afterEach(() => given.t.adminSql`delete from stripe_sandbox.armed_faults`);
  afterAll(async () => {
    await given.standIn.stop();
    await given.t.drop();
  });
  return given;
}
