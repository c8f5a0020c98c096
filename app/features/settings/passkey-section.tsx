import { Form } from "@remix-run/react";

import { isolated } from "#app/contracts/isolated.ts";
import { PasskeyButton } from "#app/features/auth/passkey-button.tsx";
import { ButtonLink } from "#app/ui/button.tsx";
import { Moment } from "#app/ui/date.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";

export type PasskeyRow = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null };
type PasskeySectionProps = { passkeys: readonly PasskeyRow[]; proved: boolean; base: string };

/** Devices that sign in by themselves, with a finger, a face or their PIN. */
export function PasskeySection({ passkeys, proved, base }: PasskeySectionProps) {
  return (
    <section className="grid gap-4" aria-labelledby="passkeys">
      <SectionHeader title="Passkeys" id="passkeys" />
      <p className="text-ink-2">
        A passkey signs you in with your finger, your face or your device’s PIN. There is nothing to type and nothing to
        steal.
      </p>
      {passkeys.length > 0 ? (
        <ul className="grid border-b border-line" aria-label="Passkeys">
          {passkeys.map((passkey) => (
            <li key={passkey.id} className="flex items-center justify-between gap-4 border-t border-line py-3">
              <Row passkey={passkey} />
            </li>
          ))}
        </ul>
      ) : null}
      <div>
        {proved ? (
          <PasskeyButton purpose="add" label="Add a passkey" wide={false} />
        ) : (
          <ButtonLink to={`/confirm?to=${encodeURIComponent(`${base}/security`)}`}>Add a passkey</ButtonLink>
        )}
      </div>
    </section>
  );
}

function Row({ passkey }: { passkey: PasskeyRow }) {
  const { id, name, createdAt, lastUsedAt } = passkey;
  return (
    <>
      <div className="min-w-0">
        <p className="font-medium">{name}</p>
        <p className="text-14 text-ink-2">
          Added <Moment at={createdAt} absolute />
          {lastUsedAt ? (
            <>
              , last used <Moment at={lastUsedAt} absolute />
            </>
          ) : null}
        </p>
      </div>
      <Form method="post">
        <input type="hidden" name="intent" value="remove_passkey" />
        <SubmitButton
          variant="secondary"
          name="passkeyId"
          value={id}
          aria-label={`Remove the passkey ${isolated(name)}`}
        >
          Remove
        </SubmitButton>
      </Form>
    </>
  );
}
