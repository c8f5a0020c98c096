import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { peopleForm } from "#app/contracts/forms/account.ts";
import { accountRefusalText } from "#app/contracts/messages/accounts.ts";
import { ContactsSection } from "#app/features/accounts/contacts-section.tsx";
import { PeopleSection } from "#app/features/accounts/people-section.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { errorsOf } from "#app/contracts/form-reply.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { Answer } from "#app/ui/answer.tsx";
import { useFormRounds } from "#app/ui/use-form-round.ts";
import { useReply } from "#app/ui/use-reply.ts";
import {
  changeAccess,
  getAccountByNumber,
  getAccountPeople,
  inviteCustomer,
  removeContact,
  saveContact,
} from "#server/domains/accounts/index.ts";
import { may, resetSecondFactor } from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";

export { revalidateOnConflict as shouldRevalidate } from "#app/ui/use-form-round.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, staff } = await requireStaff(args);
    const { id, email, name, detailsVersion } = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
    const mayReset = may(staff, "login.reset_factor");
    return { ...(await getAccountPeople(ctx.db, id)), version: detailsVersion, onFile: { email, name }, mayReset };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const { id } = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
    const form = await parseForm(args.request, peopleForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const done = await carryOut(ctx, id, form.value);
    if (done.ok) return { ok: true as const, intent: form.value.intent, values: form.values };
    const status = done.reason === "changed_meanwhile" ? 409 : 422;
    return formReply(form.values, { message: accountRefusalText(done), status });
  });

type Wish = (typeof peopleForm)["_output"];

function carryOut(ctx: Ctx, accountId: string, wish: Wish) {
  switch (wish.intent) {
    case "invite":
      return inviteCustomer({ ctx, input: { accountId, email: wish.email, name: wish.name, right: wish.right } });
    case "access": {
      const right = wish.right === "none" ? null : wish.right;
      return changeAccess({ ctx, input: { accountId, loginId: wish.loginId, right, expectedVersion: wish.version } });
    }
    case "reset_factor":
      return resetPerson(ctx, { accountId, loginId: wish.loginId, reason: wish.reason });
    case "contact": {
      const { contactName: name, contactEmail: email, contactPhone: phone, note, isPrimary } = wish;
      const draft = { name, email, phone, note, isPrimary: isPrimary === "yes" };
      const contactId = wish.contactId === "" ? null : wish.contactId;
      return saveContact({ ctx, input: { accountId, contactId, draft, expectedVersion: wish.version } });
    }
    case "remove_contact":
      return removeContact({ ctx, input: { accountId, contactId: wish.contactId, expectedVersion: wish.version } });
  }
}

/** Only somebody who reaches this account: the page is about no one else. */
async function resetPerson(ctx: Ctx, { accountId, ...input }: { accountId: string; loginId: string; reason: string }) {
  const { people } = await getAccountPeople(ctx.db, accountId);
  if (!people.some((person) => person.loginId === input.loginId)) throw notFound("person of this account");
  return resetSecondFactor({ ctx, input });
}

const DONE: Record<Wish["intent"], string> = {
  invite: "The invitation is on its way. It works for 14 days.",
  access: "Changed. It counts from the next page that person opens.",
  reset_factor: "The second step is taken off. That person signs in with password or mailed code again.",
  contact: "Saved.",
  remove_contact: "Removed. The log keeps who it was.",
};

export default function AccountPeople() {
  const { people, invites, contacts, version, onFile, mayReset } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  const roundOf = useFormRounds(reply, reply?.values["intent"]);
  const refused = reply?.ok === false ? { values: reply.values, errors: errorsOf(reply) } : null;
  const refusedOf = (...intents: Wish["intent"][]) =>
    refused && intents.some((intent) => intent === refused.values["intent"]) ? refused : null;
  const [inviting, contact] = [refusedOf("invite"), refusedOf("contact", "remove_contact")];
  return (
    <div className="grid gap-6">
      {reply?.ok ? <Answer of={reply}>{DONE[reply.intent]}</Answer> : null}
      <PeopleSection
        people={people}
        mayReset={mayReset}
        invites={invites}
        version={version}
        refused={refusedOf("access", "reset_factor")}
        invite={{ errors: inviting?.errors ?? {}, typed: inviting?.values ?? null, round: roundOf("invite"), onFile }}
      />
      <ContactsSection
        key={`${String(roundOf("contact"))} ${String(roundOf("remove_contact"))}`}
        contacts={contacts}
        version={version}
        errors={contact?.errors ?? {}}
        typed={contact?.values ?? null}
      />
    </div>
  );
}
