import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";

import { findPostmaster } from "./postmaster.ts";
import { startEmbedded } from "./start-embedded.ts";
import { type ClusterNews } from "./supervise.ts";

let folder: string;
let stops: (() => Promise<void>)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-embedded-"));
  // mkdtemp makes it 0700; run as root, PostgreSQL's own user has to get in.
  chmodSync(folder, 0o755);
  stops = [];
});
afterEach(async () => {
  for (const stop of stops) await stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start() {
  const embedded = await startEmbedded(folder);
  stops.push(embedded.stop);
  return embedded;
}

async function ask(url: string): Promise<string> {
  const sql = postgres(url, { max: 1 });
  try {
    const [row] = await sql<{ who: string }[]>`select current_user as who`;
    return row?.who ?? "";
  } finally {
    await sql.end();
  }
}

test("two starts at once share one server, and the last one to leave stops it", async () => {
  const [first, second] = await Promise.all([startEmbedded(folder), startEmbedded(folder)]);
  expect(first.url).toBe(second.url);
  expect(await ask(first.url)).toBe("remit_app");
  expect(await ask(first.adminUrl)).toBe("remit_owner");
  await first.stop();
  expect(await ask(second.url)).toBe("remit_app");
  await second.stop();
  await expect(ask(second.url)).rejects.toThrow(/ECONNREFUSED/);
});

test("passwords are readable by their owner alone", async () => {
  await start();
  expect(statSync(join(folder, "database.json")).mode & 0o777).toBe(0o600);
});

test("the server of a killed process is found and used again", async () => {
  const script = `import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, "start-embedded.ts"))};
    console.log((await startEmbedded(${JSON.stringify(folder)})).url); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "./db/preload.js", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  child.kill("SIGKILL");
  await once(child, "exit");
  const again = await start();
  expect(again.url).toBe(line.toString().trim());
  expect(await ask(again.url)).toBe("remit_app");
});

test("a stale postmaster.pid that names somebody else's process does not stop a start", async () => {
  const first = await startEmbedded(folder);
  await first.stop();
  writeFileSync(join(folder, "postgresql/postmaster.pid"), `${String(process.pid)}\n${folder}\n0\n1\n\n\n\nready\n`);
  const again = await start();
  expect(await ask(again.url)).toBe("remit_app");
});

test("the file of a server that is starting is left alone before it is filled; an old empty one is swept away", () => {
  const file = join(folder, "postmaster.pid");
  writeFileSync(file, "");
  expect(findPostmaster(folder)).toBeUndefined();
  expect(existsSync(file)).toBe(true);
  const before = new Date(Date.now() - 60_000);
  utimesSync(file, before, before);
  expect(findPostmaster(folder)).toBeUndefined();
  expect(existsSync(file)).toBe(false);
});

test("a start that was killed as it took the lock does not keep the next one out", async () => {
  const lock = join(folder, "start.lock");
  writeFileSync(lock, "");
  const before = new Date(Date.now() - 60_000);
  utimesSync(lock, before, before);
  expect(await ask((await start()).url)).toBe("remit_app");
});

test("what is committed survives the server being killed", async () => {
  const first = await start();
  const owner = postgres(first.adminUrl, { max: 1 });
  await owner`create table kept (id int)`;
  await owner`insert into kept values (7)`;
  await owner.end();
  const pid = Number(readFileSync(join(folder, "postgresql/postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(pid, "SIGKILL");
  const again = await start();
  const sql = postgres(again.adminUrl, { max: 1 });
  expect(await sql`select id from kept`).toEqual([{ id: 7 }]);
  await sql.end();
});

/** Starts a server that is looked after; what it tells stands in the list. */
async function startSupervised() {
  const embedded = await start();
  const news: ClusterNews[] = [];
  embedded.supervise((one) => void news.push(one));
  return { ...embedded, news, kinds: () => news.map(({ kind }) => kind) };
}

const kill = (signal: NodeJS.Signals) => process.kill(findPostmaster(join(folder, "postgresql"))?.pid ?? 0, signal);

test("a server that is killed is started again at the same address, with what was committed", async () => {
  const { url, adminUrl, kinds } = await startSupervised();
  const sql = postgres(adminUrl, { max: 1, backoff: () => 0.05 });
  await sql`create table kept (id int)`;
  await sql`insert into kept values (7)`;
  for (const times of [1, 2]) {
    kill("SIGKILL");
    await expect.poll(kinds, { timeout: 10_000 }).toEqual(Array(times).fill(["died", "back"]).flat());
    expect(await ask(url)).toBe("remit_app");
  }
  expect(await sql`select id from kept`.catch(() => sql`select id from kept`)).toEqual([{ id: 7 }]);
  await sql.end();
});

test("one that cannot be started is tried again, less and less often, until it can", async () => {
  const { url, news, kinds } = await startSupervised();
  const [version, away] = [join(folder, "postgresql/PG_VERSION"), join(folder, "version")];
  renameSync(version, away);
  kill("SIGKILL");
  await expect.poll(() => kinds().filter((kind) => kind === "not_started").length, { timeout: 20_000 }).toBe(3);
  renameSync(away, version);
  await expect.poll(() => kinds().at(-1), { timeout: 20_000 }).toBe("back");
  const pauses = news.flatMap((one) => (one.kind === "not_started" ? [one.againInMs] : []));
  expect(pauses.slice(0, 3)).toEqual([250, 500, 1_000]);
  expect(kinds().filter((kind) => kind === "died")).toHaveLength(1);
  expect(await ask(url)).toBe("remit_app");
});

test("one that was stopped in good order is left alone, and found again when somebody starts it", async () => {
  const { url, news, kinds } = await startSupervised();
  kill("SIGINT");
  await expect.poll(kinds).toEqual(["stopped"]);
  await expect(ask(url)).rejects.toThrow(/ECONNREFUSED/);
  expect((await start()).url).toBe(url);
  kill("SIGKILL");
  await expect.poll(kinds, { timeout: 10_000 }).toEqual(["stopped", "died", "back"]);
  expect(news.every((one) => one.kind !== "not_started")).toBe(true);
});

test("our own stop is no crash: nobody starts the server again", async () => {
  const { url, stop, kinds } = await startSupervised();
  stops = [];
  await stop();
  await expect(ask(url)).rejects.toThrow(/ECONNREFUSED/);
  expect([findPostmaster(join(folder, "postgresql")), kinds()]).toEqual([undefined, []]);
});

test("the server leaves while it is dead: it stays dead", async () => {
  const { stop, kinds } = await startSupervised();
  stops = [];
  renameSync(join(folder, "postgresql/PG_VERSION"), join(folder, "version"));
  kill("SIGKILL");
  await expect.poll(() => kinds().includes("not_started"), { timeout: 10_000 }).toBe(true);
  await stop();
  expect(findPostmaster(join(folder, "postgresql"))).toBeUndefined();
});
