import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { errorsOf } from "#app/contracts/form-reply.ts";
import { factorForm } from "#app/contracts/forms/second-factor.ts";
import { authSentence } from "#app/contracts/messages/auth.ts";
import { safePath } from "#app/contracts/safe-path.ts";
import { EnrolStep } from "#app/features/auth/enrol-step.tsx";
import { LinkOver } from "#app/features/auth/link-over.tsx";
import { RecoveryCodes } from "#app/features/auth/recovery-codes.tsx";
import { ctxOf, requireSignedIn, type RouteArgs } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { qrPath } from "#app/http/qr.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { readShell } from "#app/http/shell.server.ts";
import { homeOf, openWhole, readHalf, wishedPath } from "#app/http/sign-in.server.ts";
import { confirmTotp, isRecentlyProved, startTotp } from "#server/domains/auth/index.ts";

export const meta = () => [{ title: "Two-step sign-in" }];

/** Requests whose form has just been taken: their page shows the codes and reads nothing more. */
const taken = new WeakSet<object>();

/** Whose app is set up: staff before they are signed in at all, anybody else once they have confirmed who they are. */
async function requireEnroller(args: RouteArgs) {
  const half = await readHalf(args);
  if (half?.stage === "enrol") return { ...half, required: true };
  const { ctx, signedIn } = await requireSignedIn(args);
  const { loginId, role, sessionId } = signedIn;
  if (await isRecentlyProved(ctx.db, { loginId, sessionId })) return { ...signedIn, role, required: false };
  throw redirect(`/confirm?to=${encodeURIComponent("/second-factor")}`, 303);
}

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    if (taken.has(args.context)) return null;
    const { loginId, role, required } = await requireEnroller(args);
    const { ctx } = await ctxOf(args);
    const { biller } = await readShell(args);
    const started = await startTotp({ ctx, input: { loginId, issuer: biller.name } });
    const to = wishedPath(args, required ? homeOf(role) : securityOf(role));
    return { ...started, qr: qrPath(started.address), required, to };
  });

const securityOf = (role: string): string =>
  role === "customer" ? "/settings/security" : "/console/settings/security";

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { loginId, role, sessionId, required } = await requireEnroller(args);
    const form = await parseForm(args.request, factorForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const { ctx } = await ctxOf(args);
    const { code, to } = form.value;
    const confirmed = await confirmTotp({ ctx, input: { loginId, code, sessionId } });
    if (confirmed.ok) {
      taken.add(args.context);
      const next = safePath(to, homeOf(role));
      const headers = required ? await openWhole(args, { loginId, role }) : new Headers();
      return data({ ok: true as const, codes: confirmed.value.recoveryCodes, next }, { headers });
    }
    const sentence = authSentence(confirmed);
    return confirmed.reason === "wrong_factor"
      ? formReply({}, { errors: { code: sentence } })
      : formReply({}, { message: sentence });
  });

/** The codes stay on the page they were shown on: nothing is read again after them. */
export const shouldRevalidate = ({ actionResult }: { actionResult?: unknown }) =>
  !(typeof actionResult === "object" && actionResult !== null && "codes" in actionResult);

export default function SecondFactorPage() {
  const facts = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  if (reply?.ok === true) return <RecoveryCodes codes={reply.codes} to={reply.next} />;
  if (facts === null) return <LinkOver way={{ to: "/sign-in", label: "Go to sign-in" }} />;
  return <EnrolStep {...facts} errors={errorsOf(reply)} />;
}
