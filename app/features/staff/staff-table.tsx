import { Form } from "@remix-run/react";

import { isolated } from "#app/contracts/isolated.ts";
import { ROLE_NAMES } from "#app/contracts/messages/staff.ts";
import { Moment } from "#app/ui/date.tsx";
import { Disclosure } from "#app/ui/disclosure.tsx";
import { ErrorFocus } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { Select } from "#app/ui/select.tsx";
import { Status } from "#app/ui/status.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { Table } from "#app/ui/table.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { LoginFacts } from "#server/domains/auth/index.ts";

/** A form of a row that came back: what was typed, and what is wrong. */
export type Refused = { values: Readonly<Record<string, string>>; errors: Readonly<Record<string, string>> };

export type StaffTableProps = { staff: readonly LoginFacts[]; ownId: string; refused: Refused | null };

/** Who works here, with what they may do and a way to change it. */
export function StaffTable({ staff, ownId, refused }: StaffTableProps) {
  const refusedFor = ({ id }: LoginFacts, intent: string) =>
    refused?.values["loginId"] === id && refused.values["intent"] === intent ? refused : null;
  return (
    <Table
      caption="Staff"
      rows={staff}
      rowKey={(member) => member.id}
      columns={[
        {
          key: "name",
          header: "Name",
          phone: "title",
          cell: (member) => <Name member={member} own={member.id === ownId} />,
        },
        { key: "email", header: "E-mail", phone: "sub", cell: (member) => member.email },
        { key: "seen", header: "Last signed in", phone: "detail", cell: (member) => <Seen member={member} /> },
        {
          key: "role",
          header: "Role",
          phone: "detail",
          cell: (member) => <Role member={member} refused={refusedFor(member, "role")} />,
        },
        {
          key: "door",
          header: "Access",
          phone: "detail",
          cell: (member) => <Door member={member} refusedFor={(intent) => refusedFor(member, intent)} />,
        },
      ]}
    />
  );
}

function Name({ member, own }: { member: LoginFacts; own: boolean }) {
  return (
    <span className="font-medium">
      <bdi>{member.name}</bdi> {own ? <span className="font-normal text-ink-3">you</span> : null}{" "}
      {member.suspendedAt ? <Status tone="overdue">Suspended</Status> : null}
    </span>
  );
}

function Seen({ member }: { member: LoginFacts }) {
  return member.lastSignedInAt ? <Moment at={member.lastSignedInAt} /> : "Never";
}

function Role({ member, refused }: { member: LoginFacts; refused: Refused | null }) {
  const problem = refused ? Object.values(refused.errors)[0] : undefined;
  return (
    <Form method="post" className="flex flex-wrap items-start gap-2" preventScrollReset>
      <input type="hidden" name="intent" value="role" />
      <input type="hidden" name="loginId" value={member.id} />
      <Field name="role" id={`role-${member.id}`} label={`Role of ${isolated(member.name)}`} hideLabel error={problem}>
        <Select defaultValue={refused?.values["role"] ?? member.role} key={member.role}>
          <RoleOptions />
        </Select>
      </Field>
      <SubmitButton variant="secondary" aria-label={`Change the role of ${isolated(member.name)}`}>
        Change
      </SubmitButton>
      {refused ? <ErrorFocus of={refused.errors} /> : null}
    </Form>
  );
}

export function RoleOptions() {
  return Object.entries(ROLE_NAMES).map(([value, name]) => (
    <option key={value} value={value}>
      {name}
    </option>
  ));
}

type DoorProps = { member: LoginFacts; refusedFor: (intent: string) => Refused | null };

/** Suspended, a person is signed out everywhere at once; what they did stays. */
function Door({ member, refusedFor }: DoorProps) {
  if (member.suspendedAt)
    return (
      <Form method="post" preventScrollReset>
        <input type="hidden" name="loginId" value={member.id} />
        <SubmitButton
          name="intent"
          value="restore"
          variant="secondary"
          aria-label={`Let ${isolated(member.name)} in again`}
        >
          Let in again
        </SubmitButton>
      </Form>
    );
  const withReason = (intent: string, label: string) => {
    const refused = refusedFor(intent);
    return (
      <Disclosure label={label} about={member.name} open={refused !== null}>
        <WithReason member={member} intent={intent} label={label} refused={refused} />
      </Disclosure>
    );
  };
  return (
    <div className="flex flex-wrap gap-x-5">
      {withReason("suspend", "Suspend")}
      {member.hasFactor ? withReason("reset_factor", "Reset second step") : null}
    </div>
  );
}

type WithReasonProps = { member: LoginFacts; intent: string; label: string; refused: Refused | null };

function WithReason({ member, intent, label, refused }: WithReasonProps) {
  return (
    <Form method="post" className="flex flex-wrap items-start gap-2" preventScrollReset>
      <input type="hidden" name="loginId" value={member.id} />
      <Field
        name="reason"
        id={`${intent}-${member.id}`}
        label="Why, for the log"
        error={refused ? Object.values(refused.errors)[0] : undefined}
      >
        <TextInput autoComplete="off" maxLength={300} defaultValue={refused?.values["reason"]} />
      </Field>
      <div className="beside-field">
        <SubmitButton name="intent" value={intent} variant="danger">
          {label}
        </SubmitButton>
      </div>
      {refused ? <ErrorFocus of={refused.errors} /> : null}
    </Form>
  );
}
