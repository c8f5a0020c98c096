import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { METHOD_DONE, SUCCESSION_ASKED, SUCCESSOR_GONE } from "#app/contracts/messages/methods.ts";
import { ownOf } from "#app/contracts/own-of.ts";
import { OpenSetupRow } from "#app/features/methods/open-setup-row.tsx";
import { SavedMethodRow } from "#app/features/methods/saved-method-row.tsx";
import { requireAccount } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { CreditCard } from "#app/ui/icons.ts";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { retireMethod, type Succession, usesOfMethod } from "#server/domains/autopay/index.ts";
import {
  cancelMethodSetup,
  listOpenSetups,
  listSavedMethods,
  type MethodOf,
  setDefaultMethod,
} from "#server/domains/payments/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";
import { notFound } from "#server/platform/faults.ts";

export const meta: MetaFunction = () => [{ title: "Cards and bank accounts" }];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account, right } = await requireAccount(args);
    const mayChange = right !== "view";
    // Asked first: a setup that is done by now is among the saved ones.
    const setups = mayChange ? await listOpenSetups(ctx, account.id) : [];
    const saved = await listSavedMethods(ctx.db, { accountId: account.id, now: ctx.now });
    const methods = await Promise.all(
      saved.map(async (method) => ({ method, uses: await usesOfMethod(ctx.db, method.id) })),
    );
    const done = new URL(args.request.url).searchParams.get("done");
    return {
      setups,
      methods,
      mayChange,
      done: ownOf(METHOD_DONE, done) ?? null,
    };
  });

const schema = z.object({
  intent: z.enum(["default", "remove", "forget"]),
  method: z.uuid(),
  succession: z.union([z.literal("stop"), z.uuid()]).optional(),
});

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const { ctx, account } = await requireAccount(args);
    const form = schema.safeParse(Object.fromEntries(await readForm(args.request)));
    if (!form.success) throw notFound("payment method");
    const { intent, method: methodId, succession } = form.data;
    const of = { accountId: account.id, methodId };
    if (intent === "remove") return remove(ctx, { ...of, succession });
    if (intent === "default") await setDefaultMethod(ctx, of);
    else await cancelMethodSetup(ctx, { accountId: account.id, setupId: methodId });
    return redirect(`/settings/methods?done=${intent === "default" ? "default" : "forgotten"}`, 303);
  });

async function remove(ctx: Ctx, { succession, ...of }: MethodOf & { succession: string | undefined }) {
  const said: Succession =
    succession === undefined ? "unsaid" : succession === "stop" ? "stop" : { methodId: succession };
  const removed = await retireMethod({ ctx, input: { ...of, succession: said } });
  if (!removed.ok) {
    const error = removed.reason === "in_use" ? SUCCESSION_ASKED : SUCCESSOR_GONE;
    return data({ methodId: of.methodId, error }, { status: 422 });
  }
  const { autopay, scheduled, plan } = removed.value.uses;
  const used = autopay || scheduled > 0 || plan > 0;
  return redirect(
    `/settings/methods?done=${!used ? "remove" : said !== "stop" ? "handed" : plan > 0 ? "stopped_plan" : "stopped"}`,
    303,
  );
}

export default function MethodsPage() {
  const { setups, methods, mayChange, done } = useLoaderData<typeof loader>();
  const reply = useReply<typeof action>();
  const refused = reply && "error" in reply ? reply : null;
  return (
    <>
      <PageHeader title="Cards and bank accounts" lead="Kept with our payment processor. We never see their numbers." />
      {done && !refused ? (
        <div className="mb-6 max-w-[34rem]">
          <Notice tone="settled" live>
            {done}
          </Notice>
        </div>
      ) : null}
      {methods.length + setups.length === 0 ? (
        <EmptyState icon={CreditCard} title="Nothing is saved yet" action={mayChange ? <AddLink /> : null}>
          With a saved card or bank account the next payment is one press, on the day you choose or by itself.
        </EmptyState>
      ) : (
        <div className="grid max-w-[34rem] gap-6">
          <ul className="border-y border-line">
            {setups.map((setup) => (
              <OpenSetupRow key={setup.id} setup={setup} />
            ))}
            {methods.map(({ method, uses }) => (
              <SavedMethodRow
                key={method.id}
                {...{ method, uses, mayChange }}
                others={methods.flatMap((other) =>
                  other.method.id === method.id || other.method.expired ? [] : [other.method],
                )}
                error={refused?.methodId === method.id ? refused.error : null}
              />
            ))}
          </ul>
          {mayChange ? (
            <div>
              <AddLink />
            </div>
          ) : null}
        </div>
      )}
    </>
  );
}

const AddLink = () => (
  <ButtonLink to="/settings/methods/new" variant="primary">
    Add a card or bank account
  </ButtonLink>
);
