import { randomUUID } from "node:crypto";

import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { type ShouldRevalidateFunction, useLoaderData } from "@remix-run/react";

import { encodeId } from "#app/contracts/ids.ts";
import { authSentence } from "#app/contracts/messages/auth.ts";
import { type PayReply } from "#app/contracts/pay-reply.ts";
import { GuestBillPage } from "#app/features/pay-links/guest-bill.tsx";
import { LinkOverPage } from "#app/features/pay-links/link-over.tsx";
import { serverOf, systemCtx } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { openLink, readGuestFrame, tokenOf } from "#app/http/guest.server.ts";
import { payAsGuest } from "#app/http/pay-as-guest.server.ts";
import { valuesOf } from "#app/http/pay-form.server.ts";
import { payRefused } from "#app/http/pay-reply.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { LocaleProvider } from "#app/ui/locale.tsx";
import { useReply } from "#app/ui/use-reply.ts";
import { useStanding } from "#app/ui/use-standing.ts";
import { countUse, getGuestBill, getGuestPlan, requestFreshLink } from "#server/domains/pay-links/index.ts";
import { feeRatesFor, listPayments } from "#server/domains/payments/index.ts";

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [
  { title: read?.over === null ? `Bill ${read.bill.number}` : "Pay a bill" },
  { name: "robots", content: "noindex, nofollow" },
];

export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const opened = await openLink(args);
    if (opened.state !== "living") return data({ over: opened.state }, { status: 410 });
    const { ctx, guest, account, today, path } = opened;
    const [bill, plan, fees, frame, made] = await Promise.all([
      getGuestBill(ctx, { guest, today }),
      getGuestPlan(ctx, { guest, today }),
      feeRatesFor(ctx.db, account.currency),
      readGuestFrame(args, opened),
      listPayments(ctx.db, { accountId: account.id, payLinkId: guest.linkId, limit: 20 }),
      countUse(ctx.db, guest),
    ]);
    const payments = made.items
      .filter(({ state }) => state !== "failed" && state !== "canceled")
      .map(({ id, state, amount }) => ({ id: encodeId("payment", id), state, amount }));
    return data({
      ...{ over: null, bill, plan, fees, payments, path, ...frame },
      billedTo: account.name,
      formKey: randomUUID(),
      script: serverOf(args).stripe,
    });
  });

/** A refused attempt changed the account's version too, and no socket tells a guest. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formMethod, defaultShouldRevalidate }) =>
  formMethod === "POST" || defaultShouldRevalidate;

type FreshReply = { fresh: "sent" | "refused"; errors: Record<string, string> };

export const action = (args: ActionFunctionArgs) =>
  withFaults(async () => {
    const form = await readForm(args.request);
    const values = valuesOf(form);
    if (values["intent"] === "fresh") return mailFreshLink(args);
    const opened = await openLink(args);
    // Its days ended while the form stood open: the page says so.
    if (opened.state !== "living")
      return payRefused(values, { form: "This link no longer works. Load the page again." });
    return payAsGuest(opened, { values, ip: serverOf(args).ip });
  });

async function mailFreshLink(args: ActionFunctionArgs) {
  const input = { token: tokenOf(args), ip: serverOf(args).ip };
  const asked = await requestFreshLink({ ctx: systemCtx(args, "pay link"), input });
  if (asked.ok) return data<FreshReply>({ fresh: "sent", errors: {} });
  return data<FreshReply>({ fresh: "refused", errors: { form: authSentence(asked) } }, { status: 429 });
}

export { keepWhenLost as clientAction } from "#app/features/payments/keep-when-lost.ts";

export default function PayLinkPage() {
  const reply = useReply<typeof action>();
  const atBank = reply !== undefined && "next" in reply && reply.next !== null;
  const read = useStanding(useLoaderData<typeof loader>(), atBank);
  if (read.over !== null) {
    const asked = reply && "fresh" in reply ? reply : null;
    return <LinkOverPage why={read.over} errors={asked?.errors ?? {}} sent={asked?.fresh === "sent"} />;
  }
  const answered: PayReply | undefined = reply && "next" in reply ? reply : undefined;
  return (
    <LocaleProvider value={read.locale}>
      <GuestBillPage {...read} reply={answered} formKey={answered?.formKey ?? read.formKey} />
    </LocaleProvider>
  );
}
