import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";

import { findPostmaster } from "./postmaster.ts";
import { startEmbedded } from "./start-embedded.ts";

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
