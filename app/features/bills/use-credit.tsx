import { Form } from "@remix-run/react";

import { isZero, type Money as MoneyValue } from "#app/contracts/money.ts";
import { Money } from "#app/ui/money.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";

/** The account has credit that this bill could take. */
export function UseCredit({ credit, formKey }: { credit: MoneyValue; formKey: string }) {
  if (isZero(credit)) return null;
  return (
    <Form method="post" className="mt-4 grid gap-2">
      <input type="hidden" name="key" value={formKey} />
      <p className="text-14 text-ink-2">Your credit is used first when you pay. It can also go to this bill now.</p>
      <div>
        <SubmitButton variant="secondary">
          Use your credit of <Money value={credit} />
        </SubmitButton>
      </div>
    </Form>
  );
}
