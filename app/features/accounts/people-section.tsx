import { Form } from "@remix-run/react";

import { isolated } from "#app/contracts/isolated.ts";
import { RIGHT_NAMES } from "#app/contracts/messages/accounts.ts";
import { Moment } from "#app/ui/date.tsx";
import { Disclosure } from "#app/ui/disclosure.tsx";
import { ErrorFocus, ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { Select } from "#app/ui/select.tsx";
import { Status } from "#app/ui/status.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { Table } from "#app/ui/table.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { AccountPerson, OpenInvite } from "#server/domains/accounts/index.ts";

type Texts = Record<string, string>;
type InviteFacts = {
  errors: Texts;
  typed: Texts | null;
  round: number;
  onFile: { email: string | null; name: string };
};

export type PeopleSectionProps = {
  people: readonly AccountPerson[];
  invites: readonly OpenInvite[];
  version: number;
  /** May take a lost phone's second step off. */
  mayReset: boolean;
  invite: InviteFacts;
  /** A row's form that came back. */
  refused: { values: Texts; errors: Texts } | null;
};

/** Who signs in and reaches this account, how far, and who is invited to. */
export function PeopleSection({ people, invites, version, mayReset, invite, refused }: PeopleSectionProps) {
  const refusedFor = ({ loginId }: AccountPerson, intent: string): Refused =>
    refused?.values["loginId"] === loginId && refused.values["intent"] === intent ? refused : null;
  return (
    <section aria-labelledby="people">
      <SectionHeader id="people" title="People who sign in" />
      {people.length > 0 ? (
        <Table
          caption="People who sign in"
          rows={people}
          rowKey={(person) => person.loginId}
          columns={[
            { key: "name", header: "Name", phone: "title", cell: (person) => <Name person={person} /> },
            { key: "email", header: "E-mail", phone: "sub", cell: (person) => person.email },
            { key: "seen", header: "Last signed in", phone: "detail", cell: (person) => <Seen person={person} /> },
            {
              key: "right",
              header: "Right",
              phone: "detail",
              cell: (person) => (
                <>
                  <Right person={person} version={version} refused={refusedFor(person, "access")} />
                  {mayReset && person.hasFactor ? (
                    <LostPhone person={person} refused={refusedFor(person, "reset_factor")} />
                  ) : null}
                </>
              ),
            },
          ]}
        />
      ) : (
        <p className="text-ink-2">Nobody signs in for this account yet.</p>
      )}
      {invites.length > 0 ? <Invites invites={invites} /> : null}
      <InviteForm key={invite.round} {...invite} nobody={people.length === 0 && invites.length === 0} />
    </section>
  );
}

function Name({ person }: { person: AccountPerson }) {
  return (
    <span className="font-medium">
      <bdi>{person.name}</bdi> {person.suspendedAt ? <Status tone="overdue">Suspended</Status> : null}
    </span>
  );
}

function Seen({ person }: { person: AccountPerson }) {
  return person.lastSignedInAt ? <Moment at={person.lastSignedInAt} /> : "Never";
}

type Refused = { values: Texts; errors: Texts } | null;
const problemOf = (refused: Refused): string | undefined => (refused ? Object.values(refused.errors)[0] : undefined);

function Right({ person, version, refused }: { person: AccountPerson; version: number; refused: Refused }) {
  const id = `right-${person.loginId}`;
  return (
    <Form method="post" className="flex flex-wrap items-start gap-2" preventScrollReset>
      <input type="hidden" name="intent" value="access" />
      <input type="hidden" name="loginId" value={person.loginId} />
      <input type="hidden" name="version" value={version} />
      <Field name="right" id={id} label={`Right of ${isolated(person.name)}`} hideLabel error={problemOf(refused)}>
        <Select defaultValue={refused?.values["right"] ?? person.right} key={person.right}>
          <RightOptions />
          <option value="none">No access</option>
        </Select>
      </Field>
      <SubmitButton variant="secondary" aria-label={`Change the right of ${isolated(person.name)}`}>
        Change
      </SubmitButton>
      {refused ? <ErrorFocus of={refused.errors} /> : null}
    </Form>
  );
}

function LostPhone({ person, refused }: { person: AccountPerson; refused: Refused }) {
  return (
    <Disclosure label="Reset second step" about={person.name} open={refused !== null}>
      <Form method="post" className="flex flex-wrap items-start gap-2" preventScrollReset>
        <input type="hidden" name="intent" value="reset_factor" />
        <Field
          name="reason"
          id={`reset-${person.loginId}`}
          label="How you made sure who it is"
          error={problemOf(refused)}
        >
          <TextInput autoComplete="off" maxLength={300} defaultValue={refused?.values["reason"]} />
        </Field>
        <div className="beside-field">
          <SubmitButton name="loginId" value={person.loginId} variant="danger">
            Reset second step
          </SubmitButton>
        </div>
        {refused ? <ErrorFocus of={refused.errors} /> : null}
      </Form>
    </Disclosure>
  );
}

function RightOptions() {
  return Object.entries(RIGHT_NAMES).map(([value, name]) => (
    <option key={value} value={value}>
      {name}
    </option>
  ));
}

function Invites({ invites }: { invites: readonly OpenInvite[] }) {
  return (
    <ul className="mt-3 grid gap-1" aria-label="Invitations">
      {invites.map((invite) => (
        <li key={invite.id} className="flex flex-wrap items-baseline gap-x-3">
          <Status tone="waiting">Invited</Status>
          <span>{invite.email}</span>
          <span className="text-ink-3">
            until <Moment at={invite.expiresAt} absolute />
          </span>
        </li>
      ))}
    </ul>
  );
}

function InviteForm({ errors, typed, onFile, nobody }: Omit<InviteFacts, "round"> & { nobody: boolean }) {
  const values = typed ?? { email: onFile.email ?? "", name: "", right: "manage" };
  return (
    <Disclosure label="Invite somebody" open={nobody || typed !== null}>
      <Form method="post" className="grid max-w-3xl gap-3" noValidate>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="intent" value="invite" />
        <div className="grid items-start gap-3 sm:grid-cols-3">
          <Field name="email" label="E-mail" error={errors["email"]}>
            <TextInput type="email" defaultValue={values["email"]} autoComplete="off" />
          </Field>
          <Field name="name" label="Name" error={errors["name"]} optional>
            <TextInput defaultValue={values["name"]} autoComplete="off" />
          </Field>
          <Field
            name="right"
            id="invite-right"
            label="Right"
            hint="View sees and writes, pay also pays, manage sees everybody’s messages too."
            error={errors["right"]}
          >
            <Select defaultValue={values["right"]}>
              <RightOptions />
            </Select>
          </Field>
        </div>
        <div>
          <SubmitButton>Send invitation</SubmitButton>
        </div>
      </Form>
    </Disclosure>
  );
}
