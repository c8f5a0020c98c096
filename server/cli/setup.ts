import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";

import { businessForm, businessValues } from "#app/contracts/forms/business.ts";
import { BUSINESS_LABELS, businessRefusalText } from "#app/contracts/messages/business.ts";
import { stripHidden } from "#app/contracts/strip-hidden.ts";
import { listStaff } from "#server/domains/auth/index.ts";
import { findBusiness, getBusiness, parseZone, saveBusiness } from "#server/domains/business/index.ts";

import { typedWords } from "./typed-words.ts";
import { CommandFailed, type CommandLine, runCommand, withDatabase } from "./with-database.ts";

type Field = keyof typeof BUSINESS_LABELS;
type Answers = Record<string, string>;

const fields = Object.keys(BUSINESS_LABELS) as Field[];
const flagOf = (field: Field): string => field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const usage = `Usage: npm run setup -- [--yes] ${fields.map((field) => `[--${flagOf(field)} …]`).join(" ")}
On a terminal it asks for what no flag says; Enter keeps what stands in brackets, "-" empties it. --yes asks nothing.`;

async function main(): Promise<number> {
  const { flags, asks } = readFlags();
  await withDatabase("setup", async (line) => {
    const before = await findBusiness(line.db);
    const standing = before ?? { ...(await getBusiness(line.db)), name: "" };
    const { version, ...facts } = standing;
    const given = { ...businessValues(facts, before ? version : 0), ...flags };
    const answers = asks ? await ask(given, flags) : given;
    await save(line, answers);
  });
  return 0;
}

function readFlags(): { flags: Answers; asks: boolean } {
  const options = Object.fromEntries(fields.map((field) => [flagOf(field), { type: "string" } as const]));
  try {
    const { values } = parseArgs({ args: typedWords(), options: { ...options, yes: { type: "boolean" } } });
    const { yes = false, ...texts }: Record<string, string | boolean | undefined> = values;
    const flags = fields.flatMap((field) => {
      const text = texts[flagOf(field)];
      return typeof text === "string" ? [[field, text]] : [];
    });
    return { flags: Object.fromEntries(flags) as Answers, asks: process.stdin.isTTY && !yes };
  } catch (error) {
    throw new CommandFailed(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

/** Asks for everything that no flag said, and again for what cannot be. */
async function ask(given: Answers, flags: Answers): Promise<Answers> {
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  const stopped = new AbortController();
  reader.on("SIGINT", () => {
    stopped.abort();
  });
  const terminal: Terminal = { question: (text) => reader.question(text, { signal: stopped.signal }) };
  const answers = { ...given };
  try {
    for (const field of fields.filter((name) => !(name in flags))) {
      answers[field] = await askOne(terminal, { field, answers });
    }
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") throw new CommandFailed("\nStopped. Nothing was saved.");
    throw error;
  } finally {
    reader.close();
  }
  return answers;
}

type Terminal = { question(text: string): Promise<string> };

async function askOne(terminal: Terminal, { field, answers }: { field: Field; answers: Answers }): Promise<string> {
  const standing = answers[field] ?? "";
  for (;;) {
    const label = `${BUSINESS_LABELS[field]}${standing ? ` [${standing}]` : ""}: `;
    const typed = stripHidden(await terminal.question(label)).trim();
    const answer = typed === "-" ? "" : typed || standing;
    const problem = problemOf({ ...answers, [field]: answer }, field);
    if (problem === null) return answer;
    process.stdout.write(`  ${problem}\n`);
  }
}

/** What is wrong with this answer. The parts of an address depend on each other: they are judged at the end. */
function problemOf(answers: Answers, field: Field): string | null {
  if (field === "zone" && parseZone(answers["zone"] ?? "") === null) {
    return businessRefusalText({ reason: "unknown_zone" });
  }
  if (["line1", "line2", "city", "region", "postalCode", "country"].includes(field)) return null;
  const issues = businessForm.safeParse(answers).error?.issues ?? [];
  return issues.find((issue) => issue.path[0] === field)?.message ?? null;
}

async function save({ ctx, db }: CommandLine, answers: Answers): Promise<void> {
  const form = businessForm.safeParse(answers);
  if (!form.success) throw new CommandFailed(form.error.issues.map(sentenceOf).join("\n"));
  const saved = await saveBusiness({ ctx, input: form.data });
  if (!saved.ok) throw new CommandFailed(businessRefusalText(saved));
  const { name, currency, zone } = saved.value;
  process.stdout.write(`${name} bills in ${currency}, and its days are those of ${zone}.\n`);
  const staff = await listStaff(db);
  if (staff.some((member) => member.role === "admin")) return;
  process.stdout.write("Next, the first admin: npm run staff -- create --role admin --email … --name …\n");
}

const sentenceOf = ({ path, message }: { path: PropertyKey[]; message: string }): string => {
  const field = fields.find((name) => name === path[0]);
  return field ? `--${flagOf(field)}: ${message}` : message;
};

await runCommand(main);
