import { parseArgs } from "node:util";

import { newStaffForm, staffRole } from "#app/contracts/forms/staff.ts";
import { ROLE_NAMES, staffRefusalText, type StaffRefusalFacts } from "#app/contracts/messages/staff.ts";
import {
  changeStaffRole,
  createLogin,
  findLoginByEmail,
  listStaff,
  resetSecondFactor,
  restoreLogin,
  stepAt,
  suspendLogin,
  totpCode,
} from "#server/domains/auth/index.ts";

import { DEMO_TOTP_SECRET } from "#server/demo/demo-factor.ts";

import { readPassword } from "./read-password.ts";
import { typedWords } from "./typed-words.ts";
import { CommandFailed, type CommandLine, runCommand, withDatabase } from "./with-database.ts";

const usage = `Usage:
  npm run staff -- create --email ADDRESS --name NAME --role rep|supervisor|admin [--password-stdin]
  npm run staff -- list [--json]
  npm run staff -- set-role --email ADDRESS --role rep|supervisor|admin
  npm run staff -- suspend --email ADDRESS [--reason WHY]
  npm run staff -- restore --email ADDRESS
  npm run staff -- reset-factor --email ADDRESS [--reason WHY]
  npm run staff -- demo-code
reset-factor is for a lost phone: app, recovery codes and passkeys are taken off, and a new app is set up at the next
sign-in. demo-code prints the present code of the demo's staff.
Without a password, a new member signs in with a code that is sent to the address.`;

type Values = { email: string; name: string; role: string; reason: string; passwordStdin: boolean; json: boolean };
type Verb = (line: CommandLine, values: Values) => Promise<void>;

const say = (text: string) => process.stdout.write(`${text}\n`);

const VERBS: Record<string, Verb> = {
  create,
  list,
  "set-role": setRole,
  suspend,
  restore,
  "reset-factor": resetFactor,
};

async function main(): Promise<number> {
  if (process.argv[2] === "demo-code") {
    say(totpCode(DEMO_TOTP_SECRET, stepAt(Date.now())));
    return 0;
  }
  const { verb, values } = readArguments();
  await withDatabase("staff", (line) => verb(line, values));
  return 0;
}

function readArguments(): { verb: Verb; values: Values } {
  const { values, positionals } = parse();
  const [name = "", ...more] = positionals;
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (!verb || more.length > 0) throw new CommandFailed(usage);
  const { email = "", name: person = "", role = "", reason = "", json = false } = values;
  return {
    verb,
    values: { email, name: person, role, reason, json, passwordStdin: values["password-stdin"] ?? false },
  };
}

function parse() {
  const [text, flag] = [{ type: "string" } as const, { type: "boolean" } as const];
  try {
    return parseArgs({
      args: typedWords(),
      allowPositionals: true,
      options: { email: text, name: text, role: text, reason: text, json: flag, "password-stdin": flag },
    });
  } catch (error) {
    throw new CommandFailed(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

async function create({ ctx }: CommandLine, values: Values): Promise<void> {
  const form = newStaffForm.safeParse(values);
  if (!form.success) throw new CommandFailed(form.error.issues.map(sentenceOf).join("\n"));
  const password = values.passwordStdin ? await readPassword(process.stdin) : null;
  const made = await createLogin({ ctx, input: { ...form.data, password } });
  if (!made.ok) throw refusedWith(made);
  const { email, name } = made.value;
  const way = password === null ? `signs in with a code sent to ${email}` : "signs in with the password";
  say(`${name} is ${article(form.data.role)} and ${way}.`);
}

async function list({ db }: CommandLine, { json }: Values): Promise<void> {
  const staff = await listStaff(db);
  if (json) {
    const rows = staff.map(({ email, name, role, suspendedAt, lastSignedInAt }) => ({
      ...{ email, name, role, suspendedAt, lastSignedInAt },
    }));
    say(JSON.stringify(rows, null, 2));
    return;
  }
  if (staff.length === 0)
    say("Nobody yet. Make the first admin: npm run staff -- create --role admin --email … --name …");
  const width = Math.max(0, ...staff.map((member) => member.email.length));
  for (const { email, name, role, suspendedAt } of staff) {
    say(`${email.padEnd(width)}  ${role.padEnd(10)}  ${name}${suspendedAt ? " (suspended)" : ""}`);
  }
}

async function setRole(line: CommandLine, values: Values): Promise<void> {
  const role = staffRole.safeParse(values.role);
  if (!role.success) throw new CommandFailed(`--role: ${role.error.issues[0]?.message ?? usage}`);
  const member = await memberOf(line, values);
  const changed = await changeStaffRole({ ctx: line.ctx, input: { loginId: member.id, role: role.data } });
  if (!changed.ok) throw refusedWith(changed);
  say(`${member.name} is ${article(role.data)} now.`);
}

async function suspend(line: CommandLine, values: Values): Promise<void> {
  const { id: loginId, name } = await memberOf(line, values);
  const reason = values.reason.trim() || "from the command line";
  const suspended = await suspendLogin({ ctx: line.ctx, input: { loginId, reason } });
  if (!suspended.ok) throw refusedWith(suspended);
  say(`${name} can no longer sign in.`);
}

async function restore(line: CommandLine, values: Values): Promise<void> {
  const { id: loginId, name } = await memberOf(line, values);
  await restoreLogin({ ctx: line.ctx, input: { loginId } });
  say(`${name} can sign in again.`);
}

async function resetFactor(line: CommandLine, values: Values): Promise<void> {
  const { id: loginId, name } = await memberOf(line, values);
  const reason = values.reason.trim() || "from the command line";
  await resetSecondFactor({ ctx: line.ctx, input: { loginId, reason } });
  say(`${name} is signed out everywhere and sets up a new authenticator app at the next sign-in.`);
}

async function memberOf({ db }: CommandLine, { email }: Values): Promise<{ id: string; name: string }> {
  if (email === "") throw new CommandFailed(`Say who: --email ADDRESS\n${usage}`);
  const login = await findLoginByEmail(db, email);
  if (login && login.role !== "customer") return login;
  throw new CommandFailed(`Nobody on the staff signs in as ${email}. npm run staff -- list shows who does.`);
}

const article = (role: keyof typeof ROLE_NAMES): string =>
  `${role === "admin" ? "an" : "a"} ${ROLE_NAMES[role].toLowerCase()}`;

const sentenceOf = ({ path, message }: { path: PropertyKey[]; message: string }): string =>
  `--${String(path[0])}: ${message}`;

const refusedWith = (refusal: StaffRefusalFacts): CommandFailed => new CommandFailed(staffRefusalText(refusal));

await runCommand(main);
