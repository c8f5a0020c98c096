import { randomUUID } from "node:crypto";

import { type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { CasePanel } from "#app/features/disputes/case-panel.tsx";
import { CaseTimeline } from "#app/features/disputes/case-timeline.tsx";
import { requireStaff } from "#app/http/asker.server.ts";
import { withFaults } from "#app/http/faults.server.ts";
import { redirect } from "#app/http/redirect.server.ts";
import { ConsolePage } from "#app/ui/console-shell.tsx";
import { Link } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { getBusiness, todayIn } from "#server/domains/business/index.ts";
import { getDispute } from "#server/domains/disputes/index.ts";

export const meta = () => [{ title: "Dispute" }];

/** A case by its number: its conversation, or, for imported ones that have none, a page of its own. */
export const loader = (args: LoaderFunctionArgs) =>
  withFaults(async () => {
    const { ctx } = await requireStaff(args);
    const today = todayIn((await getBusiness(ctx.db)).zone, ctx.now);
    const dispute = await getDispute(ctx.db, args.params["number"] ?? "", today);
    if (dispute.conversationNumber !== null) return redirect(`/console/c/${dispute.conversationNumber}`);
    return { dispute, formKey: randomUUID() };
  });

export default function ConsoleDisputePage() {
  const { dispute, formKey } = useLoaderData<typeof loader>();
  return (
    <ConsolePage>
      <PageHeader
        title={dispute.number}
        lead={<Link to={`/console/accounts/${encodeURIComponent(dispute.accountNumber)}`}>{dispute.accountName}</Link>}
      />
      <div className="grid gap-8 lg:grid-cols-2">
        <CasePanel dispute={dispute} formKey={formKey} />
        <CaseTimeline dispute={dispute} />
      </div>
    </ConsolePage>
  );
}
