import { Form } from "@remix-run/react";
import { useState } from "react";

import { localDate } from "#app/contracts/local-date.ts";
import { BarPlot } from "#app/ui/bar-plot.tsx";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Day, Moment } from "#app/ui/date.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { MoreHorizontal, Trash2 } from "#app/ui/icons.ts";
import { LiveValue } from "#app/ui/live-value.tsx";
import { Menu } from "#app/ui/menu.tsx";
import { Money } from "#app/ui/money.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { PortalShell } from "#app/ui/portal-shell.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { Status } from "#app/ui/status.tsx";
import { RowLink, Table } from "#app/ui/table.tsx";
import { LinkTabs, Tabs } from "#app/ui/tabs.tsx";
import { useToast } from "#app/ui/toast.tsx";

import { Facts } from "./facts.tsx";
import { BARS, BILLS, HARBOR, usd } from "./sample.ts";

export default function Gallery() {
  return (
    <PortalShell biller={HARBOR} person={{ name: "Ana Ruiz" }} unreadMessages={2} footer="Harbor Water, 12 Quay St">
      <PageHeader
        title="Primitives"
        lead="Every piece in its states. What a colour means is always also said by a word and a shape."
        actions={<ButtonLink to="/dev/ui/forms">Forms</ButtonLink>}
      />
      <div className="grid gap-12">
        <Buttons />
        <Amounts />
        <Lists />
        <Facts />
        <Over />
      </div>
    </PortalShell>
  );
}

function Buttons() {
  const variants = ["primary", "secondary", "quiet", "danger"] as const;
  return (
    <section>
      <SectionHeader title="Buttons" />
      <div className="grid gap-3">
        {[{}, { pending: true }, { disabled: true }].map((state) => (
          <div key={JSON.stringify(state)} className="flex flex-wrap gap-2">
            {variants.map((variant) => (
              <Button key={variant} variant={variant} {...state}>
                Pay $142.20
              </Button>
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}

function Amounts() {
  const [balance, setBalance] = useState(14220n);
  return (
    <section>
      <SectionHeader title="Money, states, time" />
      <div className="grid gap-3">
        <LiveValue on={String(balance)}>
          <Money value={usd(balance)} size="hero" />
        </LiveValue>
        <div className="flex flex-wrap items-baseline gap-x-6 gap-y-2">
          <Money value={usd(123456789n)} size="title" />
          <Money value={usd(-1200n)} size="lead" />
          <Money value={usd(-1200n)} />
        </div>
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          <Status tone="overdue">$42.10 past due</Status>
          <Status tone="dispute">$30.00 in dispute</Status>
          <Status tone="waiting">Processing</Status>
          <Status tone="settled">Paid</Status>
          <Status tone="done">Closed</Status>
        </div>
        <div className="flex flex-wrap gap-2">
          {(["overdue", "dispute", "waiting", "settled", "done"] as const).map((tone) => (
            <Status key={tone} tone={tone} pill>
              {tone}
            </Status>
          ))}
        </div>
        <p>
          Due <Day date={localDate("2026-11-27")} />, issued <Day date={localDate("2025-11-03")} />, asked{" "}
          <Moment at={new Date("2026-11-23T14:12:00Z")} />, opened <Moment at={new Date("2026-11-20T14:12:00Z")} />
        </p>
        <div>
          <Button onClick={() => setBalance((now) => now - 1000n)}>Balance moves</Button>
        </div>
      </div>
    </section>
  );
}

function Lists() {
  return (
    <section>
      <SectionHeader
        title="Bills"
        action={
          <ButtonLink to="/dev/ui/forms" variant="quiet">
            See all
          </ButtonLink>
        }
      />
      <Table
        caption="Bills"
        rows={BILLS}
        rowKey={(bill) => bill.number}
        columns={[
          {
            key: "number",
            header: "Bill",
            phone: "title",
            cell: (bill) => <RowLink to="#bill">{bill.number}</RowLink>,
          },
          { key: "issued", header: "Issued", phone: "sub", cell: (bill) => <Day date={bill.issuedOn} style="short" /> },
          {
            key: "state",
            header: "State",
            phone: "end",
            cell: (bill) => <Status tone={bill.tone}>{bill.state}</Status>,
          },
          {
            key: "total",
            header: "Total",
            phone: "amount",
            align: "end",
            cell: (bill) => <Money value={bill.total} />,
          },
        ]}
      />
      <Pagination label="Bills" newer="?before=a" older="?after=b" />
      <div className="mt-6">
        <BarPlot bars={BARS} caption="Bills of 24 months" ends={["Dec 2024", "Nov 2026"]} />
      </div>
    </section>
  );
}

function Over() {
  const [open, setOpen] = useState<"middle" | "side" | null>(null);
  const toast = useToast();
  return (
    <section className="grid gap-6">
      <SectionHeader title="Tabs, menus, dialogs" />
      <LinkTabs
        label="Views"
        tabs={[
          { to: "/dev/ui", label: "Open", count: 3, end: true },
          { to: "/dev/ui/forms", label: "All" },
        ]}
      />
      <Tabs
        label="Account"
        tabs={[
          { value: "bills", label: "Bills", count: 4, content: "Bills stand here." },
          { value: "payments", label: "Payments", content: "Payments stand here." },
        ]}
      />
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setOpen("middle")}>Open dialog</Button>
        <Button onClick={() => setOpen("side")}>Open side</Button>
        <Button
          onClick={() => toast({ text: "Conversation closed.", action: { label: "Undo", onPress: () => undefined } })}
        >
          Close conversation
        </Button>
        <Menu
          label="More"
          trigger={
            <Button variant="quiet" icon aria-label="More actions">
              <MoreHorizontal size={18} aria-hidden="true" />
            </Button>
          }
          items={[
            { key: "snooze", label: "Snooze", hint: "s", onSelect: () => undefined },
            { key: "assign", label: "Assign", onSelect: () => undefined, disabled: true },
            { kind: "line", key: "line" },
            { key: "ban", label: "Remove", tone: "danger", icon: <Trash2 size={16} />, onSelect: () => undefined },
          ]}
        />
      </div>
      <Dialog
        open={open !== null}
        onOpenChange={() => setOpen(null)}
        side={open === "side"}
        title="Remove Visa ··4242?"
        lead="Autopay stops with it. Bills already being paid are not touched."
        actions={
          <Form className="contents">
            <Button onClick={() => setOpen(null)}>Keep it</Button>
            <Button variant="danger" onClick={() => setOpen(null)}>
              Remove card
            </Button>
          </Form>
        }
      />
    </section>
  );
}
