import { Form } from "@remix-run/react";

import { LOCALES } from "#app/contracts/locales.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Field } from "#app/ui/field.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { Select } from "#app/ui/select.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

const LOCALE_WORDS: Record<(typeof LOCALES)[number], string> = {
  "en-US": "United States · $1,234.56 · Nov 27, 2026",
  "en-GB": "United Kingdom · 1,234.56 · 27 Nov 2026",
  "en-CA": "Canada · 1,234.56 · Nov 27, 2026",
  "en-AU": "Australia · 1,234.56 · 27 Nov 2026",
  "es-US": "Estados Unidos · 1,234.56 · 27 nov 2026",
  "es-ES": "España · 1234,56 · 27 nov 2026",
  "es-MX": "México · 1,234.56 · 27 nov 2026",
  "fr-CA": "Canada (français) · 1 234,56 · 27 nov. 2026",
  "fr-FR": "France · 1 234,56 · 27 nov. 2026",
  "de-DE": "Deutschland · 1.234,56 · 27. Nov. 2026",
};

type Texts = Readonly<Record<string, string>>;
type ProfileFormProps = { login: { name: string; locale: string }; values: Texts | undefined; errors: Texts };

export function ProfileForm({ login, values = {}, errors }: ProfileFormProps) {
  return (
    <section className="grid gap-4" aria-labelledby="profile">
      <SectionHeader title="You" id="profile" />
      <Form method="post" className="grid gap-4" noValidate>
        <ErrorSummary errors={errors} />
        <Field name="name" label="Name" error={errors["name"]}>
          <TextInput autoComplete="name" defaultValue={values["name"] ?? login.name} />
        </Field>
        <Field
          name="locale"
          label="How amounts and dates are written"
          hint="The words themselves are English."
          error={errors["locale"]}
        >
          <Select defaultValue={values["locale"] ?? login.locale}>
            {LOCALES.map((locale) => (
              <option key={locale} value={locale}>
                {LOCALE_WORDS[locale]}
              </option>
            ))}
          </Select>
        </Field>
        <div>
          <SubmitButton variant="secondary" name="intent" value="profile">
            Save
          </SubmitButton>
        </div>
      </Form>
    </section>
  );
}
