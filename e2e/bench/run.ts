import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openDatabase } from "#db/open-database.ts";
import { buildIfNeeded } from "#server/cli/build-if-needed.ts";

import { benchAccountPage } from "./account-page.ts";
import { benchFirstLoad } from "./first-load.ts";
import { benchBalances, benchPosting } from "./ledger.ts";
import { type Line } from "./measure.ts";
import { benchPageMetrics } from "./page-metrics.ts";
import { benchLists } from "./pages-of-lists.ts";
import { benchSignIn } from "./sign-in.ts";
import { benchWebhookIntake } from "./webhook-intake.ts";

/** `npm run bench`: everything that is measured here, on a throw-away database; or one part: `npm run bench -- ledger`. */
const asked = process.argv[2];
const say = (what: string) => process.stderr.write(`  ${what}…\n`);

async function main(): Promise<Line[]> {
  const lines: Line[] = [];
  if (asked === undefined || asked === "first-load") {
    await buildIfNeeded();
    lines.push(...(await benchFirstLoad()));
  }
  if (asked === "first-load") return lines;
  const dataDir = mkdtempSync(join(tmpdir(), "remit-bench-"));
  const database = await openDatabase({ dataDir }, { max: 32 });
  try {
    if (asked === undefined || asked === "ledger") {
      lines.push(...(await benchPosting(database, say)));
      lines.push(...(await benchBalances(database, say)));
    }
    if (asked === undefined || asked === "sign-in") lines.push(...(await benchSignIn(database, say)));
    if (asked === undefined || asked === "webhooks") {
      await buildIfNeeded();
      lines.push(...(await benchWebhookIntake(database, { dataDir, say })));
    }
    if (asked === undefined || asked === "account-page") {
      await buildIfNeeded();
      lines.push(...(await benchAccountPage(database, { dataDir, say })));
    }
    // By name only, as long as the browser that npm brings tells of no paint under this load.
    if (asked === "page-metrics") {
      await buildIfNeeded();
      lines.push(...(await benchPageMetrics(database, { dataDir, say })));
    }
    if (asked === undefined || asked === "lists") lines.push(...(await benchLists(database, say)));
  } finally {
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return lines;
}

const lines = await main();
const wide = Math.max(...lines.map((line) => line.what.length));
for (const { id, what, measured, bound, holds } of lines) {
  process.stdout.write(`${holds ? "✓" : "✗"} ${id.padEnd(4)} ${what.padEnd(wide)}  ${measured.padEnd(24)} ${bound}\n`);
}
mkdirSync("bench", { recursive: true });
writeFileSync("bench/results.json", `${JSON.stringify(lines, null, 2)}\n`);
process.exitCode = lines.every((line) => line.holds) ? 0 : 1;
