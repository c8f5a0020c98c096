import { Form } from "@remix-run/react";

import { LINK_OVER_WORDS, type LinkOver } from "#app/contracts/messages/pay-links.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Link } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";

export type LinkOverProps = { why: LinkOver; errors: Readonly<Record<string, string>>; sent: boolean };

/** A link that works no more still leads somewhere: a fresh one goes to the address on file, and only there. */
export function LinkOverPage({ why, errors, sent }: LinkOverProps) {
  const { title, text } = LINK_OVER_WORDS[why];
  return (
    <div className="mx-auto grid max-w-[34rem] gap-6 py-6">
      <div className="grid gap-2">
        <h1 className="text-24">{title}</h1>
        <p className="text-ink-2">{text}</p>
      </div>
      {sent ? (
        <Notice tone="settled" live>
          If we have an e-mail address for this bill, a fresh link is on its way to it. It takes a minute or two.
        </Notice>
      ) : (
        <Form method="post" className="grid gap-4" noValidate>
          <ErrorSummary errors={errors} />
          <p>We can mail a fresh link to the address we have on file for this bill.</p>
          <div>
            <SubmitButton name="intent" value="fresh">
              Mail a fresh link
            </SubmitButton>
          </div>
        </Form>
      )}
      <ul className="grid border-y border-line">
        <Way to="/sign-in">Sign in to see all your bills</Way>
        <Way to="/lookup">Find your bills by account number</Way>
      </ul>
    </div>
  );
}

function Way({ to, children }: { to: string; children: string }) {
  return (
    <li className="border-line [&+li]:border-t">
      <Link to={to} className="flex min-h-11 items-center font-medium hover:text-accent-ink">
        {children}
      </Link>
    </li>
  );
}
