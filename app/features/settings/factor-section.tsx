import { Form } from "@remix-run/react";

import { ButtonLink } from "#app/ui/button.tsx";
import { Moment } from "#app/ui/date.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { Status } from "#app/ui/status.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";

export type FactorFacts = { since: Date | null; codesLeft: number };

/** The authenticator app: whether it is asked for, and the codes on paper. */
export function FactorSection({ factor, isStaff }: { factor: FactorFacts; isStaff: boolean }) {
  return (
    <section className="grid gap-4" aria-labelledby="two-steps">
      <SectionHeader
        title="Two-step sign-in"
        id="two-steps"
        action={factor.since ? <Status tone="settled">On</Status> : <Status tone="done">Off</Status>}
      />
      {factor.since ? <On factor={factor} since={factor.since} isStaff={isStaff} /> : <Off />}
    </section>
  );
}

const Off = () => (
  <>
    <p className="text-ink-2">
      A password can be guessed or stolen. With two steps, signing in also asks for a code from an app on your phone.
    </p>
    <div>
      <ButtonLink to="/second-factor">Turn on two-step sign-in</ButtonLink>
    </div>
  </>
);

function On({ factor, since, isStaff }: { factor: FactorFacts; since: Date; isStaff: boolean }) {
  const { codesLeft } = factor;
  return (
    <>
      <p className="text-ink-2">
        Signing in asks for a code from your authenticator app, since <Moment at={since} absolute />.{" "}
        {codesText(codesLeft)}
      </p>
      <Form method="post" className="flex flex-wrap gap-2">
        <SubmitButton variant="secondary" name="intent" value="recovery_codes">
          Make new recovery codes
        </SubmitButton>
        <ButtonLink to="/second-factor">Set up another phone</ButtonLink>
        {isStaff ? null : (
          <SubmitButton variant="danger" name="intent" value="factor_off">
            Turn it off
          </SubmitButton>
        )}
      </Form>
    </>
  );
}

function codesText(left: number): string {
  if (left === 0) return "No recovery code is left: make new ones now.";
  return left === 1 ? "One recovery code is left." : `${String(left)} recovery codes are left.`;
}
