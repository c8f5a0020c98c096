export { createTestDatabase } from "./create-test-database.ts";
export { type TestDatabase } from "./test-server.ts";
