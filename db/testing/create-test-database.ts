import { inject } from "vitest";

import { copyTemplate, type TestDatabase } from "./test-server.ts";

/** A database for one test file: `beforeAll(async () => { t = await createTestDatabase() })`, `afterAll(() => t.drop())`. */
export function createTestDatabase(): Promise<TestDatabase> {
  return copyTemplate(inject("testServer"));
}
