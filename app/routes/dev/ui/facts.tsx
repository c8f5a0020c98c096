import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { Moment } from "#app/ui/date.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { FileText } from "#app/ui/icons.ts";
import { Kbd } from "#app/ui/kbd.tsx";
import { Money } from "#app/ui/money.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Panel } from "#app/ui/panel.tsx";
import { Progress } from "#app/ui/progress.tsx";
import { ReceiptCard } from "#app/ui/receipt-card.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { SkeletonLines } from "#app/ui/skeleton.tsx";
import { Stepper } from "#app/ui/stepper.tsx";
import { Timeline } from "#app/ui/timeline.tsx";

import { usd } from "./sample.ts";

export function Facts() {
  return (
    <section className="grid gap-6">
      <SectionHeader title="Receipts, timelines, notices" />
      <div className="grid items-start gap-6 md:grid-cols-2">
        <ReceiptCard
          title="Credit for a late fee"
          amount={usd(2500n)}
          state={{ tone: "settled", word: "Posted" }}
          rows={[
            { label: "INV-10377", value: "42.10 → 17.10" },
            { label: "Reason", value: "Late fee on INV-10377" },
          ]}
          when={<Moment at={new Date("2026-11-23T14:12:00Z")} />}
          id="jrn_01JD8Z6K"
        />
        <ReceiptCard
          title="Payment to Harbor Water"
          amount={usd(14220n)}
          state={{ tone: "waiting", word: "Processing" }}
          size="page"
          rows={[
            { label: "INV-10423", value: <Money value={usd(11210n)} /> },
            { label: "INV-10377", value: <Money value={usd(3010n)} /> },
            { label: "Total", value: <Money value={usd(14220n)} />, total: true },
          ]}
          actions={<Button>Download receipt</Button>}
          when="Nov 23, 2026, 10:12 AM"
          id="pay_01JD8Z6K"
        />
      </div>
      <Stepper label="File a dispute" steps={["What is wrong", "Details", "Check"]} at={1} />
      <Timeline
        label="What happened"
        items={[
          {
            key: "1",
            tone: "dispute",
            what: "You filed a dispute",
            when: "Nov 18",
            note: "“Charged twice for October.”",
          },
          {
            key: "2",
            tone: "waiting",
            what: "Sam is looking at it",
            when: "Nov 19",
            note: "$30.00 is held meanwhile.",
          },
          { key: "3", what: "Answer by Fri, Nov 27", note: "Nothing to do for you until then." },
        ]}
      />
      <Notice tone="waiting">Processing: your bank confirms by Thu, Nov 26. Nothing more to do.</Notice>
      <Notice tone="overdue">Your bank said no: not enough money in the account. Try another card.</Notice>
      <Notice tone="settled">Paid. A receipt is on its way to ana@example.test.</Notice>
      <Notice tone="dispute">$30.00 is in dispute and not asked for.</Notice>
      <Progress label="412 of 1,930 invoices" value={412} max={1930} />
      <Panel label="Waiting">
        <SkeletonLines />
      </Panel>
      <EmptyState icon={FileText} title="No bills yet" action={<Button>Message us</Button>}>
        The first one comes with your next meter reading, around Dec 3.
      </EmptyState>
      <div className="flex items-center gap-3">
        <Avatar name="Ana Ruiz" /> <Avatar name="Sam" size="small" /> <Kbd>⌘K</Kbd> <Kbd>j</Kbd>
      </div>
    </section>
  );
}
