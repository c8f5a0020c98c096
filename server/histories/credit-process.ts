import { connect } from "#db/client.ts";
import { applyCredit } from "#server/domains/adjustments/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { type CreditTold } from "./credit-protocol.ts";

/** Gives one credit and dies of a statement of it: SIGKILL, so that nobody says goodbye to the database. */
const { db, sql } = connect(JSON.parse(process.argv[2] ?? '""') as string, { max: 1, applicationName: "credit" });

process.on("message", ({ input, diesAt, how }: CreditTold) => {
  let left = diesAt;
  sql.options.debug = () => {
    left -= 1;
    if (left !== 0) return;
    if (how === "before") process.kill(process.pid, "SIGKILL");
    // Sent, and gone before the answer: the database may have done it.
    else setImmediate(() => process.kill(process.pid, "SIGKILL"));
  };
  const request = { ...input, amount: { ...input.amount, amountMinor: BigInt(input.amount.amountMinor) } };
  void applyCredit({ ctx: testCtx(db), input: request }).then(({ ok }) => process.send?.({ ok }));
});
process.on("disconnect", () => process.exit());
await sql`select 1`;
process.send?.("ready");
