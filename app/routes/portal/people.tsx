import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { isolated } from "#app/contracts/isolated.ts";
import { errorsOf } from "#app/contracts/form-reply.ts";
import { ownPeopleForm } from "#app/contracts/forms/account.ts";
import { accountRefusalText } from "#app/contracts/messages/accounts.ts";
import { OwnPeople } from "#app/features/settings/own-people.tsx";
import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { formKeyFor, otherAccount } from "#app/http/form-key.server.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { changeAccess, getAccountPeople, inviteCustomer, revokeInvite } from "#server/domains/accounts/index.ts";
import { authorize } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

export { revalidateOnConflict as shouldRevalidate } from "#app/ui/use-form-round.ts";

export const meta = () => [{ title: "People" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, customer } = await requireAccount(args);
    authorize(ctx.actor, "account.people", account.id);
    const { people, invites } = await getAccountPeople(ctx.db, account.id);
    return {
      account: { name: account.name, number: account.number, version: account.detailsVersion },
      people: people.map(({ loginId, name, email, right }) => ({ loginId, name, email, right })),
      invites: invites.map(({ id, email, right, expiresAt }) => ({ id, email, right, expiresAt })),
      ownId: customer.loginId,
      formKey: formKeyFor(account.id),
    };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account } = await requireAccount(args);
    const form = await parseForm(args.request, ownPeopleForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const elsewhere = otherAccount(form.values["key"], account);
    if (elsewhere !== null) return formReply(form.values, { message: elsewhere, status: 409 });
    const done = await carryOut(ctx, account.id, form.value);
    if (done.ok) return { ok: true as const, intent: form.value.intent };
    return formReply(form.values, {
      message: accountRefusalText(done),
      status: done.reason === "changed_meanwhile" ? 409 : 422,
    });
  });

type Wish = (typeof ownPeopleForm)["_output"];

function carryOut(ctx: Ctx, accountId: string, wish: Wish) {
  switch (wish.intent) {
    case "invite":
      return inviteCustomer({ ctx, input: { accountId, email: wish.email, name: wish.name, right: wish.right } });
    case "access": {
      const right = wish.right === "none" ? null : wish.right;
      return changeAccess({ ctx, input: { accountId, loginId: wish.loginId, right, expectedVersion: wish.version } });
    }
    case "revoke_invite":
      return revokeInvite({ ctx, input: { accountId, inviteId: wish.inviteId } });
  }
}

const DONE: Record<Wish["intent"], string> = {
  invite: "The invitation is on its way. It works for 14 days.",
  access: "Changed. It counts from the next page that person opens.",
  revoke_invite: "The invitation is withdrawn.",
};

/** Who else reaches the account: for whoever manages it. */
export default function PeoplePage() {
  const { account, people, invites, ownId, formKey } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  const typed = reply?.ok === false ? reply.values : null;
  const errors = errorsOf(reply);
  const inviting = typed?.["intent"] === "invite";
  return (
    <div className="grid max-w-2xl gap-8">
      <div className="grid gap-4">
        <PageHeader
          title="People"
          lead={`Who reaches account ${account.number}, ${isolated(account.name)}, and how far.`}
        />
        {reply?.ok ? (
          <Notice tone="settled" live>
            {DONE[reply.intent]}
          </Notice>
        ) : null}
        {errors["form"] && !inviting ? (
          <Notice tone="overdue" live>
            {errors["form"]}
          </Notice>
        ) : null}
      </div>
      <OwnPeople
        people={people}
        invites={invites}
        ownId={ownId}
        version={account.version}
        formKey={formKey}
        invite={{ errors: inviting ? errors : {}, typed: inviting ? typed : null }}
      />
    </div>
  );
}
