import { z } from "zod";

import { FAULT_POINTS } from "./fault-point.ts";

/** Every setting there is, its meaning (also printed in .env.example) and the sentence a bad value gets. */
const url = (protocols: string[], example: string) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol) && namesHost(value), {
    error: `must be an address such as ${example}`,
  });

const namesHost = (address: string): boolean => new URL(address).hostname !== "";

const pattern = (expression: RegExp, sentence: string) => z.string().regex(expression, { error: sentence });

const yesOrNo = z.enum(["0", "1"], { error: "must be 0 or 1" });

const portSentence = "must be a port number between 0 and 65535";
const requestsSentence = "must be a whole number between 10 and 9999999";
const postgresUrl = url(["postgres:", "postgresql:"], "postgresql://user:password@host:5432/remit");

export const settingsShape = {
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: portSentence })
    .transform(Number)
    .refine((port) => port <= 65_535, { error: portSentence }),
  DATA_DIR: z.string(),
  DATABASE_URL: postgresUrl,
  DATABASE_ADMIN_URL: postgresUrl,
  PUBLIC_URL: url(["http:", "https:"], "https://pay.example.com").refine(
    (value) => !URL.canParse(value) || new URL(value).href === `${new URL(value).origin}/`,
    { error: "must be an origin only, without a path: https://pay.example.com" },
  ),
  APP_KEY: z.string().min(32, { error: "must be at least 32 characters; `openssl rand -base64 32` makes a good one" }),
  STRIPE_SECRET_KEY: pattern(
    /^(sk|rk)_(test|live)_\w+$/,
    "must be a secret key of Stripe: sk_test_… or sk_live_… (rk_… for a restricted one)",
  ),
  STRIPE_PUBLISHABLE_KEY: pattern(
    /^pk_(test|live)_\w+$/,
    "must be a publishable key of Stripe: pk_test_… or pk_live_…",
  ),
  STRIPE_WEBHOOK_SECRET: pattern(/^whsec_\S+$/, "must be the signing secret of a webhook endpoint: whsec_…"),
  SMTP_URL: url(["smtp:", "smtps:"], "smtp://user:password@mail.example.com:587"),
  MAIL_FROM: pattern(
    /^[^@\r\n]+@[^@\s]+\.[^@\s]+$/,
    "must be an e-mail address, or a name and one: Billing <billing@example.com>",
  ),
  UPLOAD_DIR: z.string(),
  REDIS_URL: url(["redis:", "rediss:"], "redis://127.0.0.1:6379"),
  REQUESTS_PER_MINUTE: z
    .string()
    .regex(/^[1-9]\d{1,6}$/, { error: requestsSentence })
    .transform(Number),
  DEMO: yesOrNo,
  ALLOW_DEMO: yesOrNo,
  ALLOW_DEV_MAIL: yesOrNo,
  ALLOW_SANDBOX: yesOrNo,
  FAULT_POINT: z.enum(FAULT_POINTS, { error: `must be one of ${FAULT_POINTS.join(", ")}` }),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
    error: "must be one of trace, debug, info, warn, error, fatal, silent",
  }),
} as const;

export type SettingName = keyof typeof settingsShape;
export type Settings = { [Name in SettingName]?: z.output<(typeof settingsShape)[Name]> };
export type Variables = Readonly<Record<string, string | undefined>>;

/** Reads each setting that is present; an empty value counts as absent. */
export function readSettings(variables: Variables): { settings: Settings; problems: string[] } {
  const settings: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, shape] of Object.entries(settingsShape)) {
    const value = variables[name]?.trim();
    if (!value) continue;
    const parsed = shape.safeParse(value);
    if (parsed.success) settings[name] = parsed.data;
    else problems.push(`${name} ${parsed.error.issues[0]?.message ?? "is not valid"}.`);
  }
  // Each value has just been read by the shape of its own name.
  return { settings: settings as Settings, problems };
}
