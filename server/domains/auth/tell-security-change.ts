import { randomUUID } from "node:crypto";

import { type Tx } from "#db/client.ts";
import { queueMail, type SecurityChange } from "#server/domains/notifications/index.ts";

import { type Login } from "./rows.ts";

/** Tells a person by mail what has just changed about signing in as them; once, as its transaction commits once. */
export const tellSecurityChange = (tx: Tx, { login, what }: { login: Login; what: SecurityChange }): Promise<unknown> =>
  queueMail(tx, {
    kind: "security_changed",
    to: login.email,
    data: { name: login.name, what },
    dedupeKey: `security_changed:${randomUUID()}`,
  });
