import { Form } from "@remix-run/react";

import { type Currency } from "#app/contracts/currency.ts";
import { type LocalDate } from "#app/contracts/local-date.ts";
import { money } from "#app/contracts/money.ts";
import { Aging } from "#app/features/bills/aging.tsx";
import { Day } from "#app/ui/date.tsx";
import { Field, FieldError } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { Pairs } from "#app/ui/pairs.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { Statement, StatementAging } from "#server/domains/statements/index.ts";

import { StatementView } from "./statement-view.tsx";

export type StatementFacts = {
  statement: Statement;
  problem: string | null;
  aging: StatementAging;
  ranges: readonly { label: string; from: LocalDate; to: LocalDate }[];
  issued: readonly { id: string; fromOn: LocalDate; toOn: LocalDate; closingMinor: bigint; currency: Currency }[];
  query: string;
};

/** Statements of an account, for its people and for staff: a range, what it says, and it as PDF and CSV. */
export function StatementPage({ facts, path }: { facts: StatementFacts; path: string }) {
  const { statement, query } = facts;
  return (
    <div className="grid gap-10">
      <Range facts={facts} path={path} />
      <section aria-labelledby="statement">
        <SectionHeader
          id="statement"
          title={
            <>
              <Day date={statement.fromOn} style="short" /> to <Day date={statement.toOn} style="short" />
            </>
          }
          action={
            <span className="flex gap-4">
              <a className="ui-link" href={`${path}.pdf${query}`}>
                PDF
              </a>
              <a className="ui-link" href={`${path}.csv${query}`} download>
                CSV
              </a>
            </span>
          }
        />
        <StatementView statement={statement} />
        <p className="mt-3 text-14 text-ink-3">
          {statement.issuedOn === null
            ? "By the day each thing happened on, as known today. A minus is credit."
            : "Issued, and never changed. What arrives later stands on the next one."}
        </p>
      </section>
      <Aging
        aging={facts.aging}
        currency={statement.currency}
        title={
          <>
            Open on <Day date={facts.aging.day} style="short" />, by how late it was
          </>
        }
      />
      {facts.issued.length > 0 ? <Issued facts={facts} path={path} /> : null}
    </div>
  );
}

function Range({ facts: { statement, problem, ranges }, path }: { facts: StatementFacts; path: string }) {
  return (
    <section className="grid gap-4" aria-labelledby="range">
      <SectionHeader id="range" title="Which days" />
      <div className="ui-chips">
        {ranges.map(({ label, from, to }) => (
          <Link
            key={label}
            to={`${path}?${new URLSearchParams({ from, to }).toString()}`}
            className=""
            preventScrollReset
            aria-current={from === statement.fromOn && to === statement.toOn ? "true" : undefined}
          >
            {label}
          </Link>
        ))}
      </div>
      <Form method="get" className="flex flex-wrap items-end gap-x-4 gap-y-3" noValidate>
        <div className="grid w-full grid-cols-2 gap-x-4 sm:w-auto">
          <Field name="from" label="From">
            <TextInput type="date" defaultValue={statement.fromOn} key={statement.fromOn} />
          </Field>
          <Field name="to" label="To">
            <TextInput type="date" defaultValue={statement.toOn} key={statement.toOn} />
          </Field>
        </div>
        <SubmitButton variant="secondary">Show</SubmitButton>
      </Form>
      {problem ? <FieldError id="range-problem" text={problem} /> : null}
    </section>
  );
}

function Issued({ facts: { issued }, path }: { facts: StatementFacts; path: string }) {
  return (
    <section aria-labelledby="issued" className="max-w-[34rem]">
      <SectionHeader id="issued" title="Issued statements" />
      <Pairs
        pairs={issued.map(({ id, fromOn, toOn, closingMinor, currency }) => ({
          label: (
            <Link to={`${path}?id=${id}`}>
              <Day date={fromOn} style="short" /> to <Day date={toOn} style="short" />
            </Link>
          ),
          value: <Money value={money(closingMinor, currency)} />,
        }))}
      />
    </section>
  );
}
