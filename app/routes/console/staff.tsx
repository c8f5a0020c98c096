import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";

import { errorsOf } from "#app/contracts/form-reply.ts";
import { staffPageForm } from "#app/contracts/forms/staff.ts";
import { ROLE_MEANINGS, ROLE_NAMES, staffRefusalText } from "#app/contracts/messages/staff.ts";
import { RoleOptions, StaffTable } from "#app/features/staff/staff-table.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { Answer } from "#app/ui/answer.tsx";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { Moment } from "#app/ui/date.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { Select } from "#app/ui/select.tsx";
import { Status } from "#app/ui/status.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import { useFormRounds } from "#app/ui/use-form-round.ts";
import { useReply } from "#app/ui/use-reply.ts";
import {
  changeStaffRole,
  inviteStaff,
  listStaff,
  listStaffInvites,
  resetSecondFactor,
  restoreLogin,
  suspendLogin,
} from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

export const meta: MetaFunction = () => [{ title: "Staff" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, staff } = await requireStaff(args, "admin");
    const [members, invites] = await Promise.all([listStaff(ctx.db), listStaffInvites(ctx.db)]);
    return { members, invites, ownId: staff.loginId };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args, "admin");
    const form = await parseForm(args.request, staffPageForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const done = await carryOut(ctx, form.value);
    if (done.ok) return { ok: true as const, intent: form.value.intent, values: form.values };
    return formReply(form.values, { message: staffRefusalText(done) });
  });

type Wish = (typeof staffPageForm)["_output"];

function carryOut(ctx: Ctx, wish: Wish) {
  switch (wish.intent) {
    case "invite":
      return inviteStaff({ ctx, input: wish });
    case "role":
      return changeStaffRole({ ctx, input: wish });
    case "suspend":
      return suspendLogin({ ctx, input: wish });
    case "reset_factor":
      return resetSecondFactor({ ctx, input: wish });
    case "restore":
      return restoreLogin({ ctx, input: wish });
  }
}

const DONE: Record<Wish["intent"], string> = {
  invite: "The invitation is on its way. It works for 3 days.",
  role: "The role is changed. That person signs in again to go on.",
  suspend: "Suspended, and signed out everywhere.",
  reset_factor: "Signed out everywhere. That person sets up a new authenticator app at the next sign-in.",
  restore: "That person can sign in again.",
};

export default function StaffPage() {
  const { members, invites, ownId } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  const roundOf = useFormRounds(reply, reply?.values["intent"]);
  const refused = reply?.ok === false ? { values: reply.values, errors: errorsOf(reply) } : null;
  const inviting = refused?.values["intent"] === "invite" ? refused : null;
  return (
    <ConsolePage>
      <PageHeader title="Staff" lead="Everybody who works in this console, and what they may do." />
      <div className="grid gap-6">
        {reply?.ok && reply.intent !== "invite" ? <Answer of={reply}>{DONE[reply.intent]}</Answer> : null}
        <StaffTable staff={members} ownId={ownId} refused={inviting ? null : refused} />
        {invites.length > 0 ? <Invites invites={invites} /> : null}
        <section aria-labelledby="invite">
          <SectionHeader id="invite" title="Invite somebody" />
          <InviteForm
            key={roundOf("invite")}
            values={inviting?.values ?? {}}
            errors={inviting?.errors ?? {}}
            sent={reply?.ok && reply.intent === "invite" ? reply : null}
          />
          <dl className="mt-4 grid gap-1 text-ink-2">
            {Object.entries(ROLE_MEANINGS).map(([role, meaning]) => (
              <div key={role} className="flex flex-wrap gap-x-2">
                <dt className="font-medium text-ink">{ROLE_NAMES[role as keyof typeof ROLE_NAMES]}</dt>
                <dd>{meaning}.</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </ConsolePage>
  );
}

function Invites({ invites }: { invites: ReturnType<typeof useLoaderData<typeof loader>>["invites"] }) {
  return (
    <ul className="grid gap-1" aria-label="Invitations">
      {invites.map((invite) => (
        <li key={invite.id} className="flex flex-wrap items-baseline gap-x-3">
          <Status tone="waiting">Invited</Status>
          <span>{invite.email}</span>
          <span className="text-ink-3">
            {invite.role}, until <Moment at={invite.expiresAt} absolute />
          </span>
        </li>
      ))}
    </ul>
  );
}

type InviteFormProps = { values: Record<string, string>; errors: Record<string, string>; sent: object | null };

function InviteForm({ values, errors, sent }: InviteFormProps) {
  return (
    <Form method="post" className="grid max-w-3xl gap-3" noValidate>
      <ErrorSummary errors={errors} />
      <div className="grid items-start gap-3 sm:grid-cols-3">
        <Field name="email" label="E-mail" error={errors["email"]}>
          <TextInput type="email" defaultValue={values["email"]} autoComplete="off" />
        </Field>
        <Field name="name" label="Name" error={errors["name"]}>
          <TextInput defaultValue={values["name"]} autoComplete="off" />
        </Field>
        <Field name="role" id="invite-role" label="Role" error={errors["role"]}>
          <Select defaultValue={values["role"] ?? "rep"}>
            <RoleOptions />
          </Select>
        </Field>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton name="intent" value="invite">
          Send invitation
        </SubmitButton>
        {sent ? (
          <Answer of={sent} inline>
            {DONE.invite}
          </Answer>
        ) : null}
      </div>
    </Form>
  );
}
