import { connect } from "#db/client.ts";
import { recordManualPayment } from "#server/domains/payments/index.ts";
import { testCtx } from "#server/testing/test-ctx.ts";

import { inputOf, type Posting } from "./posting-protocol.ts";

/** Books payments, all at once, in a process of its own that is killed while it does. */
const { db } = connect(process.argv[2] ?? "", { max: 25, applicationName: `postings ${String(process.pid)}` });

process.on("message", (postings: readonly Posting[]) => {
  process.send?.("begun");
  const booked = postings.map((posting) => recordManualPayment({ ctx: testCtx(db), input: inputOf(posting) }));
  void Promise.all(booked).then(() => process.send?.("done"));
});
process.on("disconnect", () => process.exit());
// Every line is open before it is needed.
await Promise.all(Array.from({ length: 25 }, () => db.execute("select pg_sleep(0.1)")));
process.send?.("ready");
