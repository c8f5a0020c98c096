import { Form } from "@remix-run/react";

import { ROLE_NAMES } from "#app/contracts/messages/staff.ts";
import { Moment } from "#app/ui/date.tsx";
import { Disclosure } from "#app/ui/disclosure.tsx";
import { Field } from "#app/ui/field.tsx";
import { Select } from "#app/ui/select.tsx";
import { Status } from "#app/ui/status.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { Table } from "#app/ui/table.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { LoginFacts } from "#server/domains/auth/index.ts";

export type StaffTableProps = { staff: readonly LoginFacts[]; ownId: string };

/** Who works here, with what they may do and a way to change it. */
export function StaffTable({ staff, ownId }: StaffTableProps) {
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
        { key: "role", header: "Role", phone: "detail", cell: (member) => <Role member={member} /> },
        { key: "door", header: "Access", phone: "detail", cell: (member) => <Door member={member} /> },
      ]}
    />
  );
}

function Name({ member, own }: { member: LoginFacts; own: boolean }) {
  return (
    <span className="font-medium">
      {member.name} {own ? <span className="font-normal text-ink-3">you</span> : null}{" "}
      {member.suspendedAt ? <Status tone="overdue">Suspended</Status> : null}
    </span>
  );
}

function Seen({ member }: { member: LoginFacts }) {
  return member.lastSignedInAt ? <Moment at={member.lastSignedInAt} /> : "Never";
}

function Role({ member }: { member: LoginFacts }) {
  return (
    <Form method="post" className="flex flex-wrap items-center gap-2" preventScrollReset>
      <input type="hidden" name="intent" value="role" />
      <input type="hidden" name="loginId" value={member.id} />
      <Field name="role" id={`role-${member.id}`} label={`Role of ${member.name}`} hideLabel>
        <Select defaultValue={member.role} key={member.role}>
          <RoleOptions />
        </Select>
      </Field>
      <SubmitButton variant="secondary" aria-label={`Change the role of ${member.name}`}>
        Change
      </SubmitButton>
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

/** Suspended, a person is signed out everywhere at once; what they did stays. */
function Door({ member }: { member: LoginFacts }) {
  const hidden = <input type="hidden" name="loginId" value={member.id} />;
  if (member.suspendedAt)
    return (
      <Form method="post" preventScrollReset>
        {hidden}
        <SubmitButton name="intent" value="restore" variant="secondary" aria-label={`Let ${member.name} in again`}>
          Let in again
        </SubmitButton>
      </Form>
    );
  return (
    <div className="grid gap-1">
      <Disclosure label={`Suspend ${member.name}`}>
        <WithReason member={member} intent="suspend" label="Suspend" />
      </Disclosure>
      {member.hasFactor ? (
        <Disclosure label={`Lost phone: reset the second step of ${member.name}`}>
          <WithReason member={member} intent="reset_factor" label="Reset second step" />
        </Disclosure>
      ) : null}
    </div>
  );
}

function WithReason({ member, intent, label }: { member: LoginFacts; intent: string; label: string }) {
  return (
    <Form method="post" className="flex flex-wrap items-end gap-2" preventScrollReset>
      <input type="hidden" name="loginId" value={member.id} />
      <Field name="reason" id={`${intent}-${member.id}`} label="Why, for the log">
        <TextInput autoComplete="off" maxLength={300} />
      </Field>
      <SubmitButton name="intent" value={intent} variant="danger">
        {label}
      </SubmitButton>
    </Form>
  );
}
