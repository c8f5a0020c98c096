import { Form } from "@remix-run/react";
import { CreditCard, Landmark } from "lucide-react";

import { Status } from "#app/ui/status.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { SavedMethod } from "#server/domains/payments/index.ts";

/** A saved card or bank account: what it is, and what can be done with it. Removing asks once, without script too. */
export function SavedMethodRow({ method, mayChange }: { method: SavedMethod; mayChange: boolean }) {
  const Icon = method.kind === "card" ? CreditCard : Landmark;
  return (
    <li className="grid grid-cols-[auto_1fr_auto] items-center gap-x-4 border-line py-3 [&+li]:border-t">
      <Icon size={20} aria-hidden="true" className="text-ink-3" />
      <div className="min-w-0">
        <p className="font-medium">{method.label}</p>
        <Standing method={method} />
      </div>
      {mayChange && !method.isDefault && !method.expired ? (
        <Form method="post">
          <input type="hidden" name="method" value={method.id} />
          <SubmitButton variant="quiet" name="intent" value="default">
            Offer first
          </SubmitButton>
        </Form>
      ) : (
        <span />
      )}
      {mayChange ? (
        <details className="col-start-2 col-end-4">
          <summary className="inline-flex min-h-11 items-center text-14 text-ink-2">Remove</summary>
          <Form method="post" className="flex flex-wrap items-center gap-x-4 gap-y-2 pb-2">
            <input type="hidden" name="method" value={method.id} />
            <p className="text-14 text-ink-2">You would have to enter it again to use it.</p>
            <SubmitButton variant="danger" name="intent" value="remove">
              Remove {method.label}
            </SubmitButton>
          </Form>
        </details>
      ) : null}
    </li>
  );
}

function Standing({ method }: { method: SavedMethod }) {
  const { expMonth, expYear } = method;
  const until = expMonth === null || expYear === null ? null : `${String(expMonth).padStart(2, "0")}/${expYear}`;
  if (method.expired) return <Status tone="overdue">Expired {until}</Status>;
  const words = [method.isDefault ? "Offered first" : null, until ? `until ${until}` : null]
    .filter(Boolean)
    .join(" · ");
  return words ? <p className="text-14 text-ink-3">{words}</p> : null;
}
