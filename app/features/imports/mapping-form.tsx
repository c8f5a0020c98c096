import { Form } from "@remix-run/react";

import { isolated } from "#app/contracts/isolated.ts";
import { IMPORT_FIELD_NAMES } from "#app/contracts/messages/imports.ts";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { ErrorSummary, type FormErrors } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { Select } from "#app/ui/select.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";
import type { ImportFileFacts, ImportRun } from "#server/domains/imports/index.ts";

const NEEDED = new Set(["accountNumber", "invoiceNumber", "issuedOn", "amount"]);
const HINTS: Record<string, string> = {
  amount: "With tax. Or leave it and choose the lines' unit price.",
  dueOn: "Left out: the issue date plus the term.",
  paidOn: "Filled where a bill is paid.",
  disputed: "Yes or no.",
};

export type MappingFormProps = {
  run: ImportRun;
  file: ImportFileFacts;
  /** What was typed before a refusal; else the last map or the guesses. */
  values: Readonly<Record<string, string>>;
  errors: FormErrors | null;
  /** A check of this map found nothing that stops it. */
  ready: boolean;
};

/** The second step: what each column means. */
export function MappingForm({ run, file, values, errors, ready }: MappingFormProps) {
  const valueOf = (name: string, otherwise: string) => values[name] ?? otherwise;
  return (
    <Form method="post" className="grid gap-8" noValidate>
      <ErrorSummary errors={errors} />
      <section className="grid gap-4">
        <SectionHeader title="What the columns hold" />
        <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {Object.entries(IMPORT_FIELD_NAMES).map(([field, label]) => (
            <ColumnField key={field} {...{ field, label, file }} values={values} run={run} errors={errors} />
          ))}
        </div>
      </section>
      <section className="grid gap-4">
        <SectionHeader title="How to read them" />
        <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <Field name="dateFormat" label="Dates are written" hint={dateHint(file)} error={errors?.["dateFormat"]}>
            <TextInput
              defaultValue={valueOf("dateFormat", run.map?.dateFormat ?? file.dateFormats[0] ?? "YYYY-MM-DD")}
            />
          </Field>
          <Field name="decimal" label="Amounts are written">
            <Select defaultValue={valueOf("decimal", run.map?.decimal ?? file.decimal)}>
              <option value=".">1,234.56</option>
              <option value=",">1.234,56</option>
            </Select>
          </Field>
          <Field name="currency" label="Currency" error={errors?.["currency"]}>
            <TextInput defaultValue={valueOf("currency", run.map?.currency ?? "USD")} />
          </Field>
          <Field name="paymentTermDays" label="Days to pay" error={errors?.["paymentTermDays"]}>
            <TextInput
              inputMode="numeric"
              defaultValue={valueOf("paymentTermDays", String(run.map?.paymentTermDays ?? 30))}
            />
          </Field>
          <Field name="asOf" label="As of" optional hint="Later bills and payments stay out." error={errors?.["asOf"]}>
            <TextInput type="date" defaultValue={valueOf("asOf", run.asOf ?? "")} />
          </Field>
        </div>
        <Checkbox
          name="skipBad"
          value="yes"
          defaultChecked={values["skipBad"] === "yes" || run.skipBad}
          hint="Every bill with a bad row is left out whole. Otherwise one bad row stops the import."
        >
          Leave out bad bills and go on
        </Checkbox>
      </section>
      <div className="flex flex-wrap gap-3">
        <SubmitButton name="do" value="check" variant={ready ? "secondary" : "primary"}>
          Check the file
        </SubmitButton>
        {ready ? (
          <SubmitButton name="do" value="import">
            Import it
          </SubmitButton>
        ) : null}
      </div>
    </Form>
  );
}

function dateHint({ dateFormats }: ImportFileFacts): string {
  if (dateFormats.length > 1) return `These rows also fit ${dateFormats.slice(1).join(", ")}: choose the right one.`;
  return "Such as M/D/YYYY or YYYY-MM-DD. A time after it is ignored.";
}

type ColumnFieldProps = Pick<MappingFormProps, "run" | "file" | "values" | "errors"> & { field: string; label: string };

function ColumnField({ field, label, run, file, values, errors }: ColumnFieldProps) {
  const name = `column.${field}`;
  const mapped: Readonly<Record<string, string | undefined>> = run.map?.columns ?? file.guesses;
  const chosen = values[name] ?? mapped[field] ?? "";
  const sample = file.rows.map((row) => row[file.headings.indexOf(chosen)]).find((text) => text);
  const title = label.charAt(0).toUpperCase() + label.slice(1);
  const hint = HINTS[field] ?? (sample === undefined ? undefined : `For example “${isolated(sample.slice(0, 40))}”`);
  return (
    <Field name={name} label={title} optional={!NEEDED.has(field)} error={errors?.[name]} hint={hint}>
      <Select defaultValue={chosen}>
        <option value="">Not in the file</option>
        {file.headings.map((heading) => (
          <option key={heading}>{heading}</option>
        ))}
      </Select>
    </Field>
  );
}
