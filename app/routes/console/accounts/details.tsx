import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";

import { accountForm } from "#app/contracts/forms/account.ts";
import { mergeTyped } from "#app/contracts/merge-typed.ts";
import { accountRefusalText } from "#app/contracts/messages/accounts.ts";
import { DetailsForm } from "#app/features/accounts/details-form.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { errorsOf } from "#app/contracts/form-reply.ts";
import { formReply, parseForm } from "#app/http/forms.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { Answer } from "#app/ui/answer.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { useFormRound } from "#app/ui/use-form-round.ts";
import { useReply } from "#app/ui/use-reply.ts";
import {
  type Account,
  getAccount,
  getAccountByNumber,
  releaseImportedAccount,
  updateAccount,
} from "#server/domains/accounts/index.ts";
import { may } from "#server/domains/auth/index.ts";

export { revalidateOnConflict as shouldRevalidate } from "#app/ui/use-form-round.ts";

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, staff } = await requireStaff(args);
    const account = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
    return {
      ...{ standing: textsOf(account), version: account.detailsVersion },
      zones: Intl.supportedValuesOf("timeZone"),
      imported: account.quarantinedAt !== null,
      mayRelease: may(staff, "account.release_import", account.id),
    };
  });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const { id: accountId } = await getAccountByNumber(ctx.db, args.params["number"] ?? "");
    const body = await readForm(args.request.clone());
    if (body.get("intent") === "release") {
      await releaseImportedAccount({ ctx, input: { accountId } });
      return { ok: true as const, of: "release", text: "The account is released: it gets reminders like every other." };
    }
    const form = await parseForm(args.request, accountForm);
    if (!form.ok) return data(form.reply, { status: 422 });
    const saved = await updateAccount({ ctx, input: { accountId, ...form.value } });
    if (saved.ok) {
      const text = saved.value.changed.length ? "Saved." : "Nothing had changed.";
      return { ok: true as const, of: "details", text };
    }
    const text = accountRefusalText(saved);
    switch (saved.reason) {
      case "changed_meanwhile": {
        const standing = textsOf(await getAccount(ctx.db, accountId));
        const values = mergeTyped({ typed: form.values, seen: form.values["seen"], standing });
        return formReply(values, { message: text, status: 409 });
      }
      case "unknown_zone":
        return formReply(form.values, { errors: { zone: text } });
      case "email_needed":
        return formReply(form.values, { errors: { email: text } });
    }
  });

/** What stands, as the form's texts. */
function textsOf({ name, email, phone, postalCode, address, zone, locale, delivery }: Account): Record<string, string> {
  const { line1 = "", line2 = "", city = "", region = "", country = "" } = address ?? {};
  return {
    ...{ name, zone, locale, delivery, email: email ?? "", phone: phone ?? "" },
    ...{ line1, line2, city, region, country, postalCode: postalCode ?? address?.postalCode ?? "" },
  };
}

export default function AccountDetails() {
  const { standing, version, zones, imported, mayRelease } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  const round = useFormRound(reply);
  const refused = reply?.ok === false ? reply : null;
  return (
    <div className="grid gap-5">
      {reply?.ok && reply.of === "release" ? <Answer of={reply}>{reply.text}</Answer> : null}
      {imported ? <Imported mayRelease={mayRelease} /> : null}
      <DetailsForm
        key={round}
        standing={standing}
        version={version}
        typed={refused?.values ?? null}
        errors={errorsOf(reply)}
        zones={zones}
      >
        {reply?.ok && reply.of === "details" ? (
          <Answer of={reply} inline>
            {reply.text}
          </Answer>
        ) : null}
      </DetailsForm>
    </div>
  );
}

function Imported({ mayRelease }: { mayRelease: boolean }) {
  return (
    <Notice tone="waiting">
      <p>This account was imported. It gets no reminders and no fees until somebody has looked at it.</p>
      {mayRelease ? (
        <Form method="post" className="mt-2">
          <SubmitButton name="intent" value="release" variant="secondary">
            Release this account
          </SubmitButton>
        </Form>
      ) : (
        <p>A supervisor can release it.</p>
      )}
    </Notice>
  );
}
