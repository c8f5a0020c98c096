import { Form } from "@remix-run/react";

import { methodUsesText } from "#app/contracts/messages/methods.ts";
import { CreditCard, Landmark } from "#app/ui/icons.ts";
import { RadioRows } from "#app/ui/radio-rows.tsx";
import { Status } from "#app/ui/status.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { MethodUses } from "#server/domains/autopay/index.ts";
import type { SavedMethod } from "#server/domains/payments/index.ts";

export type SavedMethodRowProps = {
  method: SavedMethod;
  uses: MethodUses;
  /** What could take over. */
  others: readonly SavedMethod[];
  mayChange: boolean;
  error: string | null;
};

/** A saved card or bank account: what it is, and what can be done with it. Removing asks once, without script too. */
export function SavedMethodRow({ method, uses, others, mayChange, error }: SavedMethodRowProps) {
  const Icon = method.kind === "card" ? CreditCard : Landmark;
  const usesText = methodUsesText(uses);
  return (
    <li className="grid grid-cols-[auto_1fr_auto] items-center gap-x-4 border-line py-3 [&+li]:border-t">
      <Icon size={20} aria-hidden="true" className="text-ink-3" />
      <div className="min-w-0">
        <p className="font-medium">{method.label}</p>
        <Standing method={method} />
        {usesText === "" ? null : (
          <p className="text-14 text-ink-2">Used by {usesText.charAt(0).toLowerCase() + usesText.slice(1)}</p>
        )}
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
        <details className="col-start-2 col-end-4" open={error !== null}>
          <summary className="inline-flex min-h-11 items-center text-14 text-ink-2">Remove</summary>
          <Form method="post" className="flex flex-wrap items-center gap-x-4 gap-y-2 pb-2">
            <input type="hidden" name="method" value={method.id} />
            {usesText === "" ? (
              <p className="text-14 text-ink-2">You would have to enter it again to use it.</p>
            ) : (
              <Successors {...{ others, error, usesText }} planned={uses.plan > 0} />
            )}
            <SubmitButton variant="danger" name="intent" value="remove">
              Remove {method.label}
            </SubmitButton>
          </Form>
        </details>
      ) : null}
    </li>
  );
}

type SuccessorsProps = Pick<SavedMethodRowProps, "others" | "error"> & { usesText: string; planned: boolean };

const STOPS_WITH_PLAN =
  "Nothing will be taken by itself any more. The plan stands: its instalments are then to be paid by hand.";

/** What relies on it is handed over or stopped: asked before it goes. */
function Successors({ others, error, usesText, planned }: SuccessorsProps) {
  return (
    <div className="w-full">
      <RadioRows
        name="succession"
        legend={`${usesText} would have nothing to pay with. What should happen?`}
        {...(others[0] ? { defaultValue: others[0].id } : {})}
        error={error}
        rows={[
          ...others.map((other) => ({ value: other.id, label: `${other.label} takes over` })),
          {
            value: "stop",
            label: "Stop them",
            note: planned ? STOPS_WITH_PLAN : "Nothing will be taken by itself any more.",
          },
        ]}
      />
    </div>
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
