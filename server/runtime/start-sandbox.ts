import { createHmac } from "node:crypto";

import { connect } from "#db/client.ts";
import { getBusiness } from "#server/domains/business/index.ts";
import { type BusinessClock } from "#server/platform/clock.ts";
import { createStripeSandbox, type SandboxOptions, type StripeSandbox } from "#server/stripe-sandbox/index.ts";

import type { RuntimeOptions } from "../runtime.ts";

export type StandIn = { sandbox: StripeSandbox; webhookSecret: string; stop: () => Promise<void> };

/** It keeps its objects in a schema of its own, which only the owner may make, and calls our webhook on loopback. */
export async function startSandbox(
  { env, log, database, door, publicUrl }: RuntimeOptions,
  { clock, doDuties, workOff }: { clock: BusinessClock } & Required<Pick<SandboxOptions, "doDuties" | "workOff">>,
): Promise<StandIn> {
  const { sql, close } = connect(database.adminUrl, { max: 5, applicationName: "remit stand-in" });
  const webhookSecret = `whsec_${createHmac("sha256", env.appKey ?? "")
    .update("stand-in webhooks")
    .digest("hex")}`;
  const webhook = { url: `http://127.0.0.1:${String(door.port)}/hooks/stripe`, secret: webhookSecret };
  const zone = async () => (await getBusiness(database.db)).zone;
  const around = { doDuties, workOff, zone };
  const sandbox = createStripeSandbox({ sql, clock, log, webhook, publicPath: "/sandbox", publicUrl, ...around });
  await sandbox.start();
  const stop = async () => {
    await sandbox.stop();
    await close();
  };
  return { sandbox, webhookSecret, stop };
}
