import { Form } from "@remix-run/react";

import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";

import { FactorCodeField } from "./factor-code-field.tsx";

export type EnrolStepProps = {
  secret: string;
  address: string;
  qr: { size: number; path: string };
  /** Staff cannot go on without it. */
  required: boolean;
  to: string;
  errors: Record<string, string>;
};

/** Sets an authenticator app up: scan, or type the key; then its first code. */
export function EnrolStep({ secret, address, qr, required, to, errors }: EnrolStepProps) {
  return (
    <div className="grid gap-6">
      <PageHeader
        title="Set up two-step sign-in"
        lead={
          required
            ? "Everybody who works here signs in with a code from an authenticator app. It takes a minute, once."
            : "From then on, signing in asks for a code from an authenticator app too."
        }
      />
      <ol className="grid list-decimal gap-4 ps-5">
        <li>Install an authenticator app on your phone, if you have none yet.</li>
        <li>
          <div className="grid gap-3">
            <span>Scan this picture with it.</span>
            <svg
              viewBox={`0 0 ${String(qr.size)} ${String(qr.size)}`}
              role="img"
              aria-label="The key as a QR code"
              shapeRendering="crispEdges"
              className="h-48 w-48 rounded-[10px] border border-line"
            >
              <rect width={qr.size} height={qr.size} fill="#fff" />
              <path d={qr.path} fill="#000" />
            </svg>
            <p className="text-14 text-ink-2">
              On this phone already?{" "}
              <a className="ui-link" href={address}>
                Open the app
              </a>
              , or type this key into it:
            </p>
            <p>
              <code className="tabular text-14 break-all" aria-label="Key">
                {secret.replace(/(.{4})(?=.)/g, "$1 ")}
              </code>
            </p>
          </div>
        </li>
        <li>Type the code that the app shows.</li>
      </ol>
      <Form method="post" className="grid gap-4" noValidate>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="to" value={to} />
        <FactorCodeField error={errors["code"]} />
        <SubmitButton wide>Turn it on</SubmitButton>
      </Form>
    </div>
  );
}
