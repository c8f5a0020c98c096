import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type OpenDatabase, openDatabase } from "#db/open-database.ts";
import { buildIfNeeded } from "#server/cli/build-if-needed.js";

import { benchAccountPage } from "./account-page.ts";
import { benchFirstLoad } from "./first-load.ts";
import { benchBalances, benchPosting } from "./ledger.ts";
import { type Line } from "./measure.ts";
import { benchPageMetrics } from "./page-metrics.ts";
import { benchLists } from "./pages-of-lists.ts";
import { benchSignIn } from "./sign-in.ts";
import { benchWebhookIntake } from "./webhook-intake.ts";

const say = (what: string) => process.stderr.write(`  ${what}…\n`);

type Bench = { database: OpenDatabase; dataDir: string; say: typeof say };

/** Each by its name, in the order of a whole run: what wants quiet comes before what leaves a database large. */
const BENCHES: Record<string, (bench: Bench) => Promise<Line[]>> = {
  "first-load": () => benchFirstLoad(),
  "page-metrics": ({ database, ...parts }) => benchPageMetrics(database, parts),
  ledger: ({ database }) => benchPosting(database, say),
  "sign-in": ({ database }) => benchSignIn(database, say),
  webhooks: ({ database, ...parts }) => benchWebhookIntake(database, parts),
  "account-page": ({ database, ...parts }) => benchAccountPage(database, parts),
  balances: ({ database }) => benchBalances(database, say),
  lists: ({ database }) => benchLists(database, say),
};

/** `npm run bench`: everything that is measured here, on a throw-away database; or some: `npm run bench -- ledger lists`. */
async function main(asked: readonly string[]): Promise<Line[]> {
  const unknown = asked.find((name) => !(name in BENCHES));
  if (unknown) throw new Error(`There is no bench "${unknown}", only: ${Object.keys(BENCHES).join(", ")}.`);
  await buildIfNeeded();
  const dataDir = mkdtempSync(join(tmpdir(), "remit-bench-"));
  const database = await openDatabase({ dataDir }, { max: 32 });
  const lines: Line[] = [];
  try {
    for (const [name, bench] of Object.entries(BENCHES))
      if (asked.length === 0 || asked.includes(name)) lines.push(...(await bench({ database, dataDir, say })));
  } finally {
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return lines;
}

const lines = await main(process.argv.slice(2));
const wide = Math.max(...lines.map((line) => line.what.length));
for (const { id, what, measured, bound, holds } of lines) {
  process.stdout.write(`${holds ? "✓" : "✗"} ${id.padEnd(4)} ${what.padEnd(wide)}  ${measured.padEnd(24)} ${bound}\n`);
}
mkdirSync("bench", { recursive: true });
writeFileSync("bench/results.json", `${JSON.stringify(lines, null, 2)}\n`);
process.exitCode = lines.every((line) => line.holds) ? 0 : 1;
