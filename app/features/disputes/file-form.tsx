import { Form } from "@remix-run/react";
import { useState } from "react";

import { isolated } from "#app/contracts/isolated.ts";
import { DISPUTE_REASON_WORDS } from "#app/contracts/messages/disputes.ts";
import { formatMoney, money, type Money as MoneyValue } from "#app/contracts/money.ts";
import { ActionBar } from "#app/ui/action-bar.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { FileDrop } from "#app/ui/file-drop.tsx";
import { useLocale } from "#app/ui/locale.tsx";
import { MoneyInput } from "#app/ui/money-input.tsx";
import { Money } from "#app/ui/money.tsx";
import { RadioRows } from "#app/ui/radio-rows.tsx";
import { Select } from "#app/ui/select.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { Textarea } from "#app/ui/textarea.tsx";
import { useKeptForm } from "#app/ui/use-kept-form.ts";
import type { BillLine } from "#server/domains/invoices/index.ts";

export type FileReply = {
  errors: Record<string, string>;
  values: Record<string, string>;
  /** What was uploaded already, so that nobody chooses it twice. */
  files: { id: string; name: string }[];
};

export type FileFormProps = {
  most: MoneyValue;
  lines: readonly Pick<BillLine, "id" | "description" | "amountMinor" | "taxMinor" | "creditedMinor">[];
  clientKey: string;
  /** The name it is kept under while it is written (`disputeKeptAs`). */
  keptAs: string;
  reply: FileReply | undefined;
};

const OFFERED = [
  "wrong_amount",
  "charged_twice",
  "not_received",
  "not_mine",
  "quality",
  "already_paid",
  "canceled",
  "other",
] as const;

/** Three short questions on one page: what is wrong, how much of it, and what you want to say and show. */
export function FileForm({ keptAs, ...props }: FileFormProps) {
  const { kept, onInput } = useKeptForm(keptAs);
  return (
    <Form method="post" encType="multipart/form-data" className="grid max-w-[34rem] gap-8" noValidate onInput={onInput}>
      <Questions key={kept ? "kept" : "new"} {...props} kept={kept} />
    </Form>
  );
}

type QuestionsProps = Omit<FileFormProps, "keptAs"> & { kept: Record<string, string> | null };

function Questions({ most, lines, clientKey, reply, kept }: QuestionsProps) {
  const errors = reply?.errors ?? {};
  const valueOf = (name: string, otherwise = "") => reply?.values[name] ?? kept?.[name] ?? otherwise;
  const [extent, setExtent] = useState(valueOf("extent", "all"));
  return (
    <>
      <input type="hidden" name="clientKey" value={clientKey} />
      {reply ? <ErrorSummary errors={errors} /> : null}
      <RadioRows
        name="reason"
        legend="What is wrong?"
        defaultValue={valueOf("reason", "wrong_amount")}
        error={errors["reason"]}
        rows={OFFERED.map((reason) => ({ value: reason, label: DISPUTE_REASON_WORDS[reason] }))}
      />
      <RadioRows
        name="extent"
        legend="How much of the bill?"
        value={extent}
        onChange={setExtent}
        error={errors["extent"]}
        rows={[
          { value: "all", label: "All of it", end: <Money value={most} /> },
          {
            ...{ value: "line", label: "One line of it" },
            open: <LineField lines={lines} currency={most.currency} chosen={valueOf("line")} error={errors["line"]} />,
          },
          {
            ...{ value: "amount", label: "Another amount" },
            open: (
              <Field
                name="amount"
                label="Amount in question"
                error={errors["amount"]}
                hint={<>At most {<Money value={most} />}.</>}
              >
                <MoneyInput currency={most.currency} defaultValue={valueOf("amount")} />
              </Field>
            ),
          },
        ]}
      />
      <Field name="description" label="What happened?" error={errors["description"]}>
        <Textarea rows={5} defaultValue={valueOf("description")} placeholder="In your own words" />
      </Field>
      <Field
        name="files"
        label="Pictures or documents"
        optional
        error={errors["files"]}
        hint="JPEG, PNG, WebP or PDF, up to five."
      >
        <FileDrop multiple accept="image/jpeg,image/png,image/webp,application/pdf" />
      </Field>
      {reply && reply.files.length > 0 ? <Kept files={reply.files} /> : null}
      <ActionBar>
        <SubmitButton wide>Send dispute</SubmitButton>
      </ActionBar>
    </>
  );
}

function LineField({
  lines,
  currency,
  chosen,
  error,
}: Pick<FileFormProps, "lines"> & { currency: MoneyValue["currency"]; chosen: string; error: string | undefined }) {
  const { locale } = useLocale();
  return (
    <Field name="line" label="Line" error={error}>
      <Select defaultValue={chosen || (lines[0]?.id ?? "")}>
        {lines.map((line) => {
          const left = money(line.amountMinor + line.taxMinor - line.creditedMinor, currency);
          return (
            <option key={line.id} value={line.id} disabled={left.amountMinor <= 0n}>
              {isolated(line.description)} · {formatMoney(left, locale)}
            </option>
          );
        })}
      </Select>
    </Field>
  );
}

function Kept({ files }: Pick<FileReply, "files">) {
  return (
    <div>
      <p className="ui-label">Kept from before</p>
      <ul>
        {files.map((file) => (
          <li key={file.id}>
            <input type="hidden" name="kept" value={[file.id, file.name].join(" ")} />
            <bdi>{file.name}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}
