import { Form } from "@remix-run/react";

import {
  autopayProblemText,
  type AutopayProblem,
  DRAFT_CANCELED,
  DRAFT_SOURCE,
} from "#app/contracts/messages/autopay.ts";
import { encodeId } from "#app/contracts/ids.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { Day } from "#app/ui/date.tsx";
import { Disclosure } from "#app/ui/disclosure.tsx";
import { FieldError } from "#app/ui/field.tsx";
import { useLocale } from "#app/ui/locale.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { Status } from "#app/ui/status.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { Table } from "#app/ui/table.tsx";
import type { Draft } from "#server/domains/autopay/index.ts";
import type { ComingBillFee } from "#server/domains/collections/index.ts";
import type { SavedMethod } from "#server/domains/payments/index.ts";

import { DraftChange } from "./draft-change.tsx";

type Props = {
  drafts: readonly Draft[];
  methods: readonly SavedMethod[];
  coming: readonly ComingBillFee[];
  mayChange: boolean;
  problem: { draftId: string; problem: AutopayProblem } | null;
};

/** What will be taken, soonest first: when, how much, of which bills, from where; and the way to change or cancel it. */
export function ComingDrafts({ drafts, methods, coming, mayChange, problem }: Props) {
  const { locale } = useLocale();
  return (
    <ul className="border-y border-line">
      {drafts.map((draft) => (
        <li key={draft.id} className="grid gap-2 border-line py-4 [&+li]:border-t">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <p className="font-medium">
              <Day date={draft.tryOn ?? draft.draftOn} /> · {DRAFT_SOURCE[draft.source]}
            </p>
            <p className="text-16 font-medium tabular">
              <Money value={money(draft.takesMinor, draft.currency)} />
            </p>
          </div>
          <p className="text-14 text-ink-2">
            {draft.bills.map((bill, at) => (
              <span key={bill.invoiceId}>
                {at > 0 ? ", " : draft.bills.length > 1 ? "Bills " : "Bill "}
                <Link to={`/bills/${encodeURIComponent(bill.number)}`}>{bill.number}</Link>
              </span>
            ))}
            {draft.methodLabel ? ` from ${draft.methodLabel}` : " · no card or bank account"}
          </p>
          <DraftStanding draft={draft} />
          {draft.cardEndsOn === null ? null : (
            <CardEnds draft={draft} endsOn={draft.cardEndsOn} mayChange={mayChange} />
          )}
          {problem?.draftId === draft.id ? (
            <FieldError id={`draft-${draft.id}`} text={autopayProblemText(problem.problem, locale)} />
          ) : null}
          {mayChange && draft.state === "announced" && draft.source !== "plan" ? (
            <div className="flex flex-wrap gap-x-4">
              {draft.source === "scheduled" && draft.attempts === 0 ? (
                <DraftChange
                  {...{ draft, methods }}
                  coming={coming.filter((fee) => draft.bills.some(({ invoiceId }) => invoiceId === fee.invoiceId))}
                />
              ) : null}
              <Disclosure label="Cancel it">
                <Form method="post" className="flex flex-wrap items-center gap-x-4 gap-y-2 pb-2">
                  <input type="hidden" name="draft" value={draft.id} />
                  <p className="text-14 text-ink-2">Its bills stay open for you to pay.</p>
                  <SubmitButton variant="danger" name="intent" value="cancel">
                    Cancel this payment
                  </SubmitButton>
                </Form>
              </Disclosure>
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function DraftStanding({ draft }: { draft: Draft }) {
  if (draft.state === "in_flight") return <Status tone="waiting">Processing</Status>;
  if (draft.attempts > 0) return <Status tone="overdue">Did not go through; we try it again on this day</Status>;
  if (draft.takesMinor >= draft.announcedMinor) return null;
  const announced = <Money value={money(draft.announcedMinor, draft.currency)} />;
  return (
    <p className="text-14 text-ink-2">
      {draft.takesMinor === 0n ? (
        <>We told you {announced}, but nothing is left to take. It is canceled by itself.</>
      ) : (
        <>We told you {announced}. What you paid since, your credit and what is in dispute is left out.</>
      )}
    </p>
  );
}

/** Nothing can be taken from a card that has expired: whoever looks here before the day can still choose another one. */
function CardEnds({ draft, endsOn, mayChange }: { draft: Draft; endsOn: LocalDate; mayChange: boolean }) {
  const ways = { autopay: "/autopay?step=wish", plan: `/plans/${encodeId("plan", draft.sourceId)}`, scheduled: null };
  const way = mayChange ? ways[draft.source] : null;
  return (
    <div className="text-14">
      <Status tone="overdue">The card expires before this day</Status>
      <p className="mt-1 text-ink-2">
        {draft.methodLabel} works until <Day date={endsOn} />. Nothing can be taken from it after that.{" "}
        {way === null ? null : <Link to={way}>Choose another card or bank account</Link>}
      </p>
    </div>
  );
}

/** What became of the last ones. */
export const PastDrafts = ({ drafts }: { drafts: readonly Draft[] }) => (
  <Table
    caption="Payments taken by themselves"
    rows={drafts}
    rowKey={(draft) => draft.id}
    columns={[
      { key: "what", header: "What", phone: "title", cell: (draft) => DRAFT_SOURCE[draft.source] },
      { key: "day", header: "Date", phone: "sub", cell: (draft) => <Day date={draft.draftOn} /> },
      { key: "state", header: "What became of it", phone: "end", cell: (draft) => <Outcome draft={draft} /> },
      {
        ...{ key: "amount", header: "Amount", align: "end", phone: "amount" },
        cell: (draft) => <Money value={money(draft.takesMinor, draft.currency)} />,
      },
    ]}
  />
);

function Outcome({ draft }: { draft: Draft }) {
  if (draft.state === "paid") return <Status tone="settled">Paid</Status>;
  if (draft.state === "failed") return <Status tone="overdue">Did not go through</Status>;
  return <Status tone="done">{DRAFT_CANCELED[draft.cancelReason ?? ""] ?? "Canceled"}</Status>;
}
