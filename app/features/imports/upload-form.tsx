import { Form } from "@remix-run/react";

import { ErrorSummary, type FormErrors } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { FileDrop } from "#app/ui/file-drop.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";

/** The first step: which file. Its columns are asked about on the next page. */
export function UploadForm({ errors }: { errors: FormErrors }) {
  return (
    <Form method="post" encType="multipart/form-data" className="grid max-w-xl gap-4">
      <ErrorSummary errors={errors} />
      <Field
        name="file"
        label="CSV file"
        error={errors["file"]}
        hint="One row per bill, or one per line of a bill. The first row names the columns."
      >
        <FileDrop accept=".csv,.tsv,.txt,text/csv" />
      </Field>
      <div>
        <SubmitButton>Upload and choose columns</SubmitButton>
      </div>
    </Form>
  );
}
