import { Avatar } from "#app/ui/avatar.tsx";
import { ConsoleShell } from "#app/ui/console-shell.tsx";
import { Field } from "#app/ui/field.tsx";
import { Money } from "#app/ui/money.tsx";
import { Pairs } from "#app/ui/pairs.tsx";
import { Panes } from "#app/ui/panes.tsx";
import { ReceiptCard } from "#app/ui/receipt-card.tsx";
import { CONSOLE_ROOM } from "#app/ui/room.ts";
import { SearchInput } from "#app/ui/search-input.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { Status } from "#app/ui/status.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { RowLink, Table } from "#app/ui/table.tsx";
import { Textarea } from "#app/ui/textarea.tsx";

import { BILLS, HARBOR, usd } from "./sample.ts";

export const handle = CONSOLE_ROOM;

export default function ConsoleGallery() {
  return (
    <ConsoleShell biller={HARBOR} person={{ name: "Sam Okafor", role: "admin" }} counts={{ parked: 2 }}>
      <h1 className="sr-only">Inbox</h1>
      <Panes
        labels={{ start: "Queue", middle: "Conversation", end: "Account" }}
        active="middle"
        widths={null}
        start={<Queue />}
        middle={<Thread />}
        end={<Account />}
      />
    </ConsoleShell>
  );
}

function Queue() {
  return (
    <div className="pane p-2" tabIndex={0}>
      <SearchInput label="Search conversations" placeholder="Search" keyHint="/" />
      <ul className="mt-2 grid gap-px">
        {["Ana Ruiz", "J. Okafor", "M. Chen"].map((name, at) => (
          <li key={name} className="rounded-control px-2 py-1 hover:bg-hover">
            <div className="flex items-center gap-2">
              <Avatar name={name} size="small" />
              <span className={at === 0 ? "font-semibold" : ""}>{name}</span>
              <span className="tabular ml-auto text-waiting">{`${at}:42`}</span>
            </div>
            <p className="truncate text-ink-3">I was charged twice for October and would like</p>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Thread() {
  return (
    <div className="grid min-h-0 grid-rows-[1fr_auto]">
      <div className="pane grid content-start gap-3 p-4" tabIndex={0}>
        <p>I was charged twice for October.</p>
        <ReceiptCard
          title="Credit for a late fee"
          amount={usd(2500n)}
          state={{ tone: "settled", word: "Posted" }}
          rows={[{ label: "INV-10377", value: "42.10 → 17.10" }]}
          when="2 min ago"
          id="jrn_01JD8Z6K"
        />
      </div>
      <form className="grid gap-2 border-t border-line p-3">
        <Field name="reply" label="Reply" hideLabel>
          <Textarea rows={2} placeholder="Reply to Ana" />
        </Field>
        <div className="flex justify-end">
          <SubmitButton>Send reply</SubmitButton>
        </div>
      </form>
    </div>
  );
}

function Account() {
  return (
    <div className="pane grid content-start gap-4 p-4" tabIndex={0}>
      <div>
        <Money value={usd(18420n)} size="title" />
        <div className="flex flex-wrap gap-3">
          <Status tone="dispute">$30.00</Status>
          <Status tone="overdue">$42.10</Status>
        </div>
      </div>
      <section>
        <SectionHeader title="Bills" />
        <Table
          caption="Bills"
          keepRows
          rows={BILLS}
          rowKey={(bill) => bill.number}
          columns={[
            { key: "number", header: "Bill", cell: (bill) => <RowLink to="#bill">{bill.number}</RowLink> },
            { key: "state", header: "State", cell: (bill) => <Status tone={bill.tone}>{bill.state}</Status> },
            { key: "total", header: "Total", align: "end", cell: (bill) => <Money value={bill.total} /> },
          ]}
        />
      </section>
      <Pairs
        pairs={[
          { label: "Phone", value: "+1 555 0100" },
          { label: "Autopay", value: "Off" },
        ]}
      />
    </div>
  );
}
