import { Form } from "@remix-run/react";

import { isolated } from "#app/contracts/isolated.ts";
import { RIGHT_MEANINGS, RIGHT_NAMES } from "#app/contracts/messages/accounts.ts";
import { Moment } from "#app/ui/date.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { Select } from "#app/ui/select.tsx";
import { Status } from "#app/ui/status.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { AccountPerson, OpenInvite } from "#server/domains/accounts/index.ts";

type Texts = Record<string, string>;
type Person = Pick<AccountPerson, "loginId" | "name" | "email" | "right">;
type Invite = Pick<OpenInvite, "id" | "email" | "right" | "expiresAt">;

export type OwnPeopleProps = {
  people: readonly Person[];
  invites: readonly Invite[];
  ownId: string;
  version: number;
  formKey: string;
  invite: { errors: Texts; typed: Texts | null };
};

/** Who reaches an account, seen and changed by whoever manages it. */
export function OwnPeople({ people, invites, ownId, version, formKey, invite }: OwnPeopleProps) {
  return (
    <>
      <ul className="grid border-b border-line" aria-label="People who sign in">
        {people.map((person) => (
          <li key={person.loginId} className="grid gap-3 border-t border-line py-4">
            <PersonRow person={person} own={person.loginId === ownId} version={version} />
          </li>
        ))}
        {invites.map((one) => (
          <li key={one.id} className="grid gap-3 border-t border-line py-4">
            <InviteRow invite={one} />
          </li>
        ))}
      </ul>
      <section className="grid gap-4" aria-labelledby="invite">
        <SectionHeader title="Invite somebody" id="invite" />
        <InviteForm {...invite} formKey={formKey} />
      </section>
    </>
  );
}

function PersonRow({ person, own, version }: { person: Person; own: boolean; version: number }) {
  const { loginId, name, email, right } = person;
  return (
    <>
      <div className="min-w-0">
        <p className="font-medium">
          <bdi>{name}</bdi> {own ? <span className="font-normal text-ink-3">you</span> : null}
        </p>
        <p className="truncate text-14 text-ink-2">{email}</p>
      </div>
      <Form method="post" className="flex flex-wrap items-end gap-2" preventScrollReset>
        <input type="hidden" name="intent" value="access" />
        <input type="hidden" name="loginId" value={loginId} />
        <input type="hidden" name="version" value={version} />
        <Field name="right" id={`right-${loginId}`} label={`Right of ${isolated(name)}`} hideLabel>
          <Select defaultValue={right} key={`${right}-${String(version)}`}>
            <RightOptions />
            <option value="none">No access</option>
          </Select>
        </Field>
        <SubmitButton variant="secondary" aria-label={`Change the right of ${isolated(name)}`}>
          Change
        </SubmitButton>
      </Form>
    </>
  );
}

function InviteRow({ invite }: { invite: Invite }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <div className="min-w-0">
        <p className="truncate font-medium">{invite.email}</p>
        <p className="flex flex-wrap items-baseline gap-x-3 text-14 text-ink-2">
          <Status tone="waiting">Invited</Status>
          <span>
            {RIGHT_NAMES[invite.right as keyof typeof RIGHT_NAMES]}, until <Moment at={invite.expiresAt} absolute />
          </span>
        </p>
      </div>
      <Form method="post" preventScrollReset>
        <input type="hidden" name="intent" value="revoke_invite" />
        <SubmitButton
          variant="secondary"
          name="inviteId"
          value={invite.id}
          aria-label={`Withdraw the invitation of ${invite.email}`}
        >
          Withdraw
        </SubmitButton>
      </Form>
    </div>
  );
}

const RightOptions = () =>
  Object.entries(RIGHT_NAMES).map(([value, name]) => (
    <option key={value} value={value}>
      {name}
    </option>
  ));

function InviteForm({ errors, typed, formKey }: OwnPeopleProps["invite"] & { formKey: string }) {
  const values = typed ?? { email: "", right: "view" };
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="intent" value="invite" />
      <input type="hidden" name="key" value={formKey} />
      <Field name="email" id="invite-email" label="E-mail" error={errors["email"]}>
        <TextInput type="email" defaultValue={values["email"]} autoComplete="off" />
      </Field>
      <Field name="right" id="invite-right" label="What they may do" error={errors["right"]}>
        <Select defaultValue={values["right"]}>
          <RightOptions />
        </Select>
      </Field>
      <dl className="grid gap-1 text-14 text-ink-2">
        {Object.entries(RIGHT_MEANINGS).map(([right, meaning]) => (
          <div key={right} className="flex flex-wrap gap-x-2">
            <dt className="font-medium text-ink">{RIGHT_NAMES[right as keyof typeof RIGHT_NAMES]}</dt>
            <dd>{meaning}.</dd>
          </div>
        ))}
      </dl>
      <div>
        <SubmitButton>Send invitation</SubmitButton>
      </div>
    </Form>
  );
}
