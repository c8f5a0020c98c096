import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { acceptInviteForm } from "#app/contracts/forms/accept-invite.ts";
import { errorsOf } from "#app/contracts/form-reply.ts";
import { authSentence } from "#app/contracts/messages/auth.ts";
import { AccountInvite, StaffInvite } from "#app/features/auth/invite-forms.tsx";
import { LinkOver } from "#app/features/auth/link-over.tsx";
import { ctxOf } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { openSession } from "#app/http/sign-in.server.ts";
import { acceptInvite, findInvite } from "#server/domains/accounts/index.ts";
import { acceptStaffInvite, MIN_PASSWORD_LENGTH } from "#server/domains/auth/index.ts";

export const meta = () => [{ title: "Your invitation" }, { name: "referrer", content: "same-origin" }];

const tokenOf = ({ params }: { params: Record<string, string | undefined> }) => params["token"] ?? "";

/** Looks only: a mail program that opens links ahead of its reader uses nothing up. */
export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await ctxOf(args);
    return { invite: await findInvite(ctx.db, tokenOf(args)), least: MIN_PASSWORD_LENGTH };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const form = await parseForm(args.request, acceptInviteForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const { ctx } = await ctxOf(args);
    const token = tokenOf(args);
    const invite = await findInvite(ctx.db, token);
    const { name = invite?.name ?? "", password = "" } = form.value;
    const result =
      invite?.to === "staff"
        ? await acceptStaffInvite({ ctx, input: { token, name, password } })
        : await acceptInvite({ ctx, input: { token, name, password: password === "" ? null : password } });
    if (result.ok) return openSession(args, result.value);
    const sentence = authSentence(result);
    return result.reason.startsWith("password_")
      ? formReply(form.values, { errors: { password: sentence } })
      : formReply(form.values, { message: sentence });
  });

export default function InvitePage() {
  const { invite, least } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  if (invite === null) return <LinkOver way={{ to: "/sign-in", label: "Go to sign-in" }} />;
  const facts = { least, errors: errorsOf(reply), name: reply?.values["name"] ?? invite.name };
  return invite.to === "staff" ? (
    <StaffInvite invite={invite} {...facts} />
  ) : (
    <AccountInvite invite={invite} {...facts} />
  );
}
