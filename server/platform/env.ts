import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";

import { nearestName } from "./misspelt.ts";
import { readSettings, type Settings, settingsShape, type Variables } from "./settings.ts";

export type StripeKeys = { secretKey: string; publishableKey: string; webhookSecret: string; live: boolean };

/** The environment, read once at the process's edge and typed from there on. */
export type Env = {
  port: number;
  dataDir: string;
  databaseUrl: string | undefined;
  databaseAdminUrl: string | undefined;
  /** Origin without a trailing slash, as browsers send it. */
  publicUrl: string | undefined;
  /** Absent until `keepAppKey` has made or found one. */
  appKey: string | undefined;
  /** Absent: the stand-in runs. */
  stripe: StripeKeys | undefined;
  /** Absent: mail is kept and readable at /dev/mail. */
  smtpUrl: string | undefined;
  mailFrom: string | undefined;
  uploadDir: string;
  redisUrl: string | undefined;
  demo: boolean;
  /** Somebody asked by name for known passwords where strangers could use them. */
  allowDemo: boolean;
  /** The installation is one that strangers may reach, or that holds real money. The reason, in words. */
  exposure: string | undefined;
  faultPoint: string | undefined;
  logLevel: string;
  /** The most that one address may ask for within a minute, beside machines. */
  requestsPerMinute: number;
};

export type EnvReading = { ok: true; env: Env; notices: string[] } | { ok: false; problems: string[] };

const settingNames = Object.keys(settingsShape);

/** Reads `.env` beside package.json, where there is one, under what the process was given. */
export function loadEnv(variables: Variables = process.env, folder = process.cwd()): EnvReading {
  const path = join(folder, ".env");
  return readEnv(variables, existsSync(path) ? parseEnv(readFileSync(path, "utf8")) : {});
}

/** Like `loadEnv`, for the commands: prints one sentence per problem and ends the process. */
export function requireEnv(): Env {
  const reading = loadEnv();
  if (reading.ok) return reading.env;
  for (const problem of reading.problems) process.stderr.write(`${problem}\n`);
  process.exit(1);
}

/** Pure: variables in, environment or sentences out. What the process was given, even empty, wins over `file`. */
export function readEnv(given: Variables, file: Variables = {}): EnvReading {
  const names = readNames(given, file);
  const { settings, problems } = readSettings({ ...file, ...given });
  problems.unshift(...names.problems);
  if (problems.length === 0) problems.push(...conflicts(settings));
  if (problems.length > 0) return { ok: false, problems };
  const env = toEnv(settings);
  const refusals = dangers(settings, env);
  return refusals.length > 0 ? { ok: false, problems: refusals } : { ok: true, env, notices: names.notices };
}

function readNames(given: Variables, file: Variables): { problems: string[]; notices: string[] } {
  const problems: string[] = [];
  const notices: string[] = [];
  for (const name of Object.keys(file)) {
    if (settingNames.includes(name)) continue;
    const nearest = nearestName(name, settingNames);
    if (nearest) problems.push(`.env: ${name} is not a setting. Did you mean ${nearest}?`);
    else if (name.startsWith("STRIPE_"))
      problems.push(`.env: ${name} is not a setting. The Stripe settings are ${stripeNames}.`);
    else notices.push(`.env: ${name} is not a setting of Remit, so it changes nothing.`);
  }
  for (const name of Object.keys(given)) {
    // Our own environment holds other programs' variables: only a near miss of a Stripe name is surely meant for us.
    if (!name.startsWith("STRIPE_") || settingNames.includes(name)) continue;
    const nearest = nearestName(name, settingNames);
    if (nearest) problems.push(`${name} is not a setting. Did you mean ${nearest}?`);
  }
  return { problems, notices };
}

const stripeNames = settingNames.filter((name) => name.startsWith("STRIPE_")).join(", ");

function conflicts(settings: Settings): string[] {
  const problems: string[] = [];
  if (settings.DATABASE_URL && !settings.DATABASE_ADMIN_URL) {
    problems.push(
      "DATABASE_URL needs DATABASE_ADMIN_URL beside it: migrations run as the owner of the schema, the application as a role that cannot change it.",
    );
  }
  if (settings.DATABASE_ADMIN_URL && !settings.DATABASE_URL) {
    problems.push("DATABASE_ADMIN_URL is set, and DATABASE_URL is not: the application needs a role of its own.");
  }
  if (settings.DATABASE_URL && settings.DATABASE_ADMIN_URL && sameLogin(settings)) {
    problems.push(
      "DATABASE_URL and DATABASE_ADMIN_URL sign in as the same role: give the application one of its own, which can change neither the schema nor what is append-only.",
    );
  }
  const keys = [settings.STRIPE_SECRET_KEY, settings.STRIPE_PUBLISHABLE_KEY, settings.STRIPE_WEBHOOK_SECRET];
  if (keys.some(Boolean) && !keys.every(Boolean)) {
    const missing = stripeNames.split(", ").filter((_, index) => !keys[index]);
    problems.push(
      `The Stripe settings come together: ${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} missing.`,
    );
  }
  const modes = new Set(keys.slice(0, 2).map((key) => key?.split("_")[1]));
  if (keys.every(Boolean) && modes.size > 1) {
    problems.push(
      "STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY are of different modes: one is for tests, the other is live.",
    );
  }
  return problems;
}

const sameLogin = ({ DATABASE_URL: app = "", DATABASE_ADMIN_URL: admin = "" }: Settings): boolean =>
  new URL(app).username === new URL(admin).username;

function toEnv(settings: Settings): Env {
  const dataDir = resolve(settings.DATA_DIR ?? ".data");
  const {
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_PUBLISHABLE_KEY: publishableKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
  } = settings;
  const stripe =
    secretKey && publishableKey && webhookSecret
      ? { secretKey, publishableKey, webhookSecret, live: secretKey.split("_")[1] === "live" }
      : undefined;
  return {
    port: settings.PORT ?? 3000,
    dataDir,
    databaseUrl: settings.DATABASE_URL,
    databaseAdminUrl: settings.DATABASE_ADMIN_URL,
    publicUrl: settings.PUBLIC_URL ? new URL(settings.PUBLIC_URL).origin : undefined,
    appKey: settings.APP_KEY,
    stripe,
    smtpUrl: settings.SMTP_URL,
    mailFrom: settings.MAIL_FROM,
    uploadDir: resolve(settings.UPLOAD_DIR ?? join(dataDir, "uploads")),
    redisUrl: settings.REDIS_URL,
    demo: settings.DEMO !== "0",
    allowDemo: settings.ALLOW_DEMO === "1",
    exposure: exposure(settings, stripe),
    faultPoint: settings.FAULT_POINT,
    logLevel: settings.LOG_LEVEL ?? "info",
    requestsPerMinute: settings.REQUESTS_PER_MINUTE ?? 1_200,
  };
}

function exposure(settings: Settings, stripe: StripeKeys | undefined): string | undefined {
  if (stripe?.live) return "STRIPE_SECRET_KEY is a live key";
  if (settings.DATABASE_URL) return "DATABASE_URL names a database of your own";
  if (!settings.PUBLIC_URL) return undefined;
  const { protocol, hostname } = new URL(settings.PUBLIC_URL);
  const loopback =
    hostname === "localhost" || hostname.endsWith(".localhost") || hostname.startsWith("127.") || hostname === "[::1]";
  return protocol === "https:" && !loopback ? "PUBLIC_URL is a public https address" : undefined;
}

/** What is made for trying out never stands where strangers or real money are, unless it is asked for by name. */
function dangers(settings: Settings, env: Env): string[] {
  if (!env.exposure) return [];
  const problems: string[] = [];
  const refuse = (danger: string, remedy: string) => problems.push(`${env.exposure ?? ""}, and ${danger}. ${remedy}`);
  if (env.demo && !env.allowDemo) {
    refuse(
      "the demo data brings logins whose passwords everybody knows",
      "Set DEMO=0, or ALLOW_DEMO=1 if this is a demonstration.",
    );
  }
  if (env.faultPoint !== undefined) {
    refuse("FAULT_POINT kills the process in the middle of a payment", "Take it out: it is for fault tests only.");
  }
  if (!env.smtpUrl && settings.ALLOW_DEV_MAIL !== "1") {
    refuse(
      "without SMTP_URL anybody can read the outgoing mail, sign-in codes included, at /dev/mail",
      "Set SMTP_URL, or ALLOW_DEV_MAIL=1 if that is what you want.",
    );
  }
  if (!env.stripe && settings.ALLOW_SANDBOX !== "1") {
    refuse(
      "without STRIPE_SECRET_KEY the stand-in for Stripe settles every payment with play money",
      `Set ${stripeNames}, or ALLOW_SANDBOX=1 if that is what you want.`,
    );
  }
  return problems;
}

/** The key that signs links and encrypts secrets: given, or made once and kept in the data folder. */
export function keepAppKey(env: Env): string {
  if (env.appKey) return env.appKey;
  mkdirSync(env.dataDir, { recursive: true });
  const path = join(env.dataDir, "app-key");
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString("base64url"), { mode: 0o600 });
  return readFileSync(path, "utf8").trim();
}
