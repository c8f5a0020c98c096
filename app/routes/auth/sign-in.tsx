import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { signInForm } from "#app/contracts/forms/sign-in.ts";
import { errorsOf } from "#app/contracts/form-reply.ts";
import { authSentence } from "#app/contracts/messages/auth.ts";
import { safePath } from "#app/contracts/safe-path.ts";
import { CodeStep, PasswordStep } from "#app/features/auth/sign-in-steps.tsx";
import { ctxOf, serverOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { finishSignIn, homeOf, openSession } from "#app/http/sign-in.server.ts";
import {
  requestSignInCode,
  signInWithCode,
  signInWithPasskey,
  signInWithPassword,
} from "#server/domains/auth/index.ts";

export const meta = () => [{ title: "Sign in" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { searchParams } = new URL(args.request.url);
    const to = safePath(searchParams.get("to"), "");
    const { signedIn } = await ctxOf(args);
    if (signedIn) throw redirect(to === "" ? homeOf(signedIn.role) : to);
    return { to, signedOut: searchParams.has("signed-out") };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const form = await parseForm(args.request, signInForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const { value, values } = form;
    const { ctx } = await ctxOf(args);
    const { ip } = serverOf(args);
    if (value.intent === "mail_code") {
      const sent = await requestSignInCode({ ctx, input: { email: value.email, ip } });
      const request = sent.ok ? sent.value.request : "";
      if (sent.ok) return data({ ok: true as const, minutes: sent.value.minutes, values: { ...values, request } });
      return formReply(values, { message: authSentence(sent), status: 429 });
    }
    if (value.intent === "passkey") {
      const known = await signInWithPasskey({ ctx, input: { answer: value.answer, ip } });
      if (known.ok) return finishSignIn(args, { ...known.value, to: value.to });
      const status = known.reason === "too_many_attempts" ? 429 : 422;
      return formReply({ to: value.to ?? "" }, { message: authSentence(known), status });
    }
    const cookieHeader = args.request.headers.get("cookie");
    const result =
      value.intent === "password"
        ? await signInWithPassword({ ctx, input: { ...value, ip, cookieHeader } })
        : await signInWithCode({ ctx, input: { ...value, ip } });
    if (result.ok) return openSession(args, { ...result.value, to: value.to });
    const status = result.reason === "too_many_attempts" ? 429 : 422;
    return formReply(values, { message: authSentence(result), status });
  });

export default function SignInPage() {
  const { to, signedOut } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const values = reply?.values ?? {};
  const facts = { to, email: values["email"] ?? "", errors: errorsOf(reply) };
  const atCode = reply?.ok === true || values["intent"] === "code";
  return atCode ? (
    <CodeStep {...facts} request={values["request"] ?? ""} minutes={reply?.ok === true ? reply.minutes : null} />
  ) : (
    <PasswordStep {...facts} signedOut={signedOut && !reply} />
  );
}
