import { Form } from "@remix-run/react";

import { VerifyLink } from "#app/features/payments/verify-link.tsx";
import { CreditCard, Landmark } from "#app/ui/icons.ts";
import { Status } from "#app/ui/status.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { OpenSetup } from "#server/domains/payments/index.ts";

/** A card or bank account that is not saved yet: what it waits for, and how to go on or leave it. */
export function OpenSetupRow({ setup }: { setup: OpenSetup }) {
  const bank = setup.kind === "bank_debit";
  const Icon = bank ? Landmark : CreditCard;
  return (
    <li className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 border-line py-3 [&+li]:border-t">
      <Icon size={20} aria-hidden="true" className="mt-0.5 text-ink-3" />
      <div className="grid min-w-0 gap-2">
        <p className="font-medium">{bank ? "Bank account" : "Card"}</p>
        <Status tone="waiting">Not saved yet</Status>
        <p className="text-14 text-ink-2">
          {setup.verifyUrl
            ? "We send a small deposit within 1 to 2 business days. When it is there, confirm it here."
            : "Your bank wanted to confirm that it is you. Add it again, or leave it."}
        </p>
        <Form method="post" className="flex flex-wrap gap-3">
          <input type="hidden" name="method" value={setup.id} />
          {setup.verifyUrl ? <VerifyLink url={setup.verifyUrl} /> : null}
          <SubmitButton variant="quiet" name="intent" value="forget">
            Forget it
          </SubmitButton>
        </Form>
      </div>
    </li>
  );
}
