import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";

import { isolated } from "#app/contracts/isolated.ts";
import { errorsOf } from "#app/contracts/form-reply.ts";
import { decideClaimForm } from "#app/contracts/forms/account.ts";
import { accountRefusalText, RIGHT_NAMES } from "#app/contracts/messages/accounts.ts";
import { accountPath } from "#app/features/accounts/paths.ts";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { Answer } from "#app/ui/answer.tsx";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { Moment } from "#app/ui/date.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Field } from "#app/ui/field.tsx";
import { UserCheck } from "#app/ui/icons.ts";
import { Link } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Select } from "#app/ui/select.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { Table } from "#app/ui/table.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { type ClaimRequest, decideClaimRequest, listClaimRequests } from "#server/domains/accounts/index.ts";

export const meta: MetaFunction = () => [{ title: "Claims" }];

export { revalidateOnConflict as shouldRevalidate } from "#app/ui/use-form-round.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    return { requests: await listClaimRequests(ctx.db) };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const form = await parseForm(args.request, decideClaimForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const { requestId, decision, right } = form.value;
    const decided = await decideClaimRequest({ ctx, input: { requestId, approve: decision === "approve", right } });
    if (decided.ok) return { ok: true as const, decision };
    return formReply(form.values, { message: accountRefusalText(decided), status: 409 });
  });

const DONE = {
  approve: "Approved: an invitation is on its way to the address they gave.",
  refuse: "Refused: a mail says so, without saying why.",
} as const;

export default function ClaimsPage() {
  const { requests } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  const problem = Object.values(errorsOf(reply))[0];
  return (
    <ConsolePage>
      <PageHeader
        title="Claims"
        lead="People who ask for an account that has no e-mail address on file. Check who they are, then decide."
      />
      <div className="grid gap-4">
        {reply?.ok ? <Answer of={reply}>{DONE[reply.decision]}</Answer> : null}
        {problem ? (
          <Answer of={reply} tone="overdue">
            {problem}
          </Answer>
        ) : null}
        {requests.length > 0 ? (
          <Requests requests={requests} />
        ) : (
          <EmptyState icon={UserCheck} title="Nobody is waiting">
            When somebody claims an account that has no address on file, it stands here until you have decided.
          </EmptyState>
        )}
      </div>
    </ConsolePage>
  );
}

function Requests({ requests }: { requests: readonly ClaimRequest[] }) {
  return (
    <Table
      caption="Claims that wait"
      rows={requests}
      rowKey={(request) => request.id}
      columns={[
        {
          ...{ key: "who", header: "Who asks", phone: "title" },
          cell: ({ name, email }) => (
            <>
              <span className="font-medium">{name}</span> <span className="text-ink-2">{email}</span>
            </>
          ),
        },
        {
          ...{ key: "account", header: "For the account", phone: "detail" },
          cell: ({ account }) => (
            <span>
              <Link to={accountPath(account.number)}>{account.name}</Link>{" "}
              <span className="tabular text-ink-3">
                {account.number}
                {account.postalCode ? `, ${account.postalCode}` : ""}
              </span>
            </span>
          ),
        },
        { key: "when", header: "Waiting since", phone: "detail", cell: ({ createdAt }) => <Moment at={createdAt} /> },
        { key: "decide", header: "Decide", phone: "detail", cell: (request) => <Decide request={request} /> },
      ]}
    />
  );
}

function Decide({ request: { id, name } }: { request: ClaimRequest }) {
  return (
    <Form method="post" className="flex flex-wrap items-center gap-2" preventScrollReset>
      <input type="hidden" name="requestId" value={id} />
      <Field name="right" id={`right-${id}`} label={`Right for ${isolated(name)}`} hideLabel>
        <Select defaultValue="manage">
          {Object.entries(RIGHT_NAMES).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </Select>
      </Field>
      <SubmitButton name="decision" value="approve" aria-label={`Approve ${isolated(name)}`}>
        Approve
      </SubmitButton>
      <SubmitButton name="decision" value="refuse" variant="secondary" aria-label={`Refuse ${isolated(name)}`}>
        Refuse
      </SubmitButton>
    </Form>
  );
}
