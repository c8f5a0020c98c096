import { Form } from "@remix-run/react";

import { type ReactNode } from "react";

import { ErrorFocus } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { FileDrop } from "#app/ui/file-drop.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";

/** The picture beside the name on every page. */
export function LogoForm({ url, error, answer }: { url: string | null; error: string | undefined; answer: ReactNode }) {
  return (
    <section aria-labelledby="logo" className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-3">
      <SectionHeader id="logo" title="Logo" />
      {url ? <img src={url} alt="The logo that is shown now" className="max-h-16 max-w-48 object-contain" /> : null}
      <Form method="post" encType="multipart/form-data" className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <Field
          name="logo"
          label="Picture"
          error={error}
          hint="JPEG, PNG or WebP. It is shown small: a mark reads best."
        >
          <FileDrop accept="image/png,image/jpeg,image/webp" prompt="Choose a picture, or drop it here" />
        </Field>
        <div className="flex flex-wrap items-center gap-2">
          <SubmitButton variant="secondary">{url ? "Replace the logo" : "Add the logo"}</SubmitButton>
          {answer}
        </div>
        {error === undefined ? null : <ErrorFocus of={error} />}
      </Form>
      {url ? (
        <Form method="post">
          <SubmitButton name="intent" value="remove_logo" variant="quiet">
            Remove the logo
          </SubmitButton>
        </Form>
      ) : null}
    </section>
  );
}
