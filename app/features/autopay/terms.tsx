import { Form } from "@remix-run/react";

import { ButtonLink } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";

import { type WishValues } from "./wish-form.tsx";

type Props = { values: WishValues; mandate: string; errors: Readonly<Record<string, string>> };

/** The mandate, word for word, and the one button that agrees to it. */
export function AutopayTerms({ values, mandate, errors }: Props) {
  return (
    <section className="grid max-w-[34rem] gap-5" aria-labelledby="terms">
      <SectionHeader id="terms" title="What you agree to" />
      <blockquote className="border-l-2 border-line-strong pl-4 text-ink-2">{mandate}</blockquote>
      <Form method="post" className="grid gap-4">
        <ErrorSummary errors={errors} />
        {Object.entries(values).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="mandate" value={mandate} />
        <div className="flex flex-wrap gap-3">
          <SubmitButton name="intent" value="agree">
            Agree and turn autopay on
          </SubmitButton>
          <ButtonLink to="/autopay?step=wish">Back</ButtonLink>
        </div>
      </Form>
    </section>
  );
}
