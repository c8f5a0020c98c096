import { connect } from "#db/client.ts";
import { recordManualPayment } from "#server/domains/payments/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { type Asked, type Booked, inputOf } from "./posting-protocol.ts";

/** Books payments, all at once, in a process of its own that kills itself while it does. */
const { db, sql } = connect(process.argv[2] ?? "", { max: 25, applicationName: `postings ${String(process.pid)}` });

process.on("message", ({ postings, dieAt }: Asked) => {
  let statements = 0;
  sql.options.debug = () => {
    statements += 1;
    if (statements === dieAt) process.kill(process.pid, "SIGKILL");
  };
  const booked = postings.map((posting) => recordManualPayment({ ctx: testCtx(db), input: inputOf(posting) }));
  void Promise.all(booked).then(() => process.send?.({ statements } satisfies Booked));
});
process.on("disconnect", () => process.exit());
// Every line is open before it is needed.
await Promise.all(Array.from({ length: 25 }, () => db.execute("select pg_sleep(0.1)")));
process.send?.("ready");
