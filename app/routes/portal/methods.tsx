import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { CreditCard } from "lucide-react";
import { z } from "zod";

import { METHOD_DONE } from "#app/contracts/messages/methods.ts";
import { SavedMethodRow } from "#app/features/methods/saved-method-row.tsx";
import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { listSavedMethods, removeMethod, setDefaultMethod } from "#server/domains/payments/index.ts";
import { notFound } from "#server/platform/faults.ts";

export const meta: MetaFunction = () => [{ title: "Cards and bank accounts" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, right } = await requireAccount(args);
    const done = new URL(args.request.url).searchParams.get("done");
    return {
      methods: await listSavedMethods(ctx.db, { accountId: account.id, now: ctx.now }),
      mayChange: right !== "view",
      done: done === "default" || done === "remove" ? METHOD_DONE[done] : null,
    };
  });

const schema = z.object({ intent: z.enum(["default", "remove"]), method: z.uuid() });

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account } = await requireAccount(args);
    const form = schema.safeParse(Object.fromEntries(await args.request.formData()));
    if (!form.success) throw notFound("payment method");
    const { intent, method: methodId } = form.data;
    const change = intent === "default" ? setDefaultMethod : removeMethod;
    await change(ctx, { accountId: account.id, methodId });
    return redirect(`/settings/methods?done=${intent}`, 303);
  });

export default function MethodsPage() {
  const { methods, mayChange, done } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Cards and bank accounts" lead="Kept with our payment processor. We never see their numbers." />
      {done ? (
        <div className="mb-6 max-w-[34rem]">
          <Notice tone="settled" live>
            {done}
          </Notice>
        </div>
      ) : null}
      {methods.length === 0 ? (
        <EmptyState
          icon={CreditCard}
          title="Nothing is saved yet"
          action={mayChange ? <ButtonLink to="/pay">Go to payment</ButtonLink> : null}
        >
          When you pay, you can choose to save the card or bank account. Next time it is one press.
        </EmptyState>
      ) : (
        <>
          <ul className="max-w-[34rem] border-y border-line">
            {methods.map((method) => (
              <SavedMethodRow key={method.id} method={method} mayChange={mayChange} />
            ))}
          </ul>
          <p className="mt-4 max-w-[34rem] text-14 text-ink-2">
            To add another one, choose to save it the next time you pay.
          </p>
        </>
      )}
    </>
  );
}
