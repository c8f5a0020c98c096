import { Form } from "@remix-run/react";

import { UnreadMail, type UnreadAccount } from "#app/features/accounts/unread-mail.tsx";
import { Link } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { StatementReaders } from "#server/domains/statements/index.ts";

export type ByMailFacts = {
  monthly: boolean;
  /** Whom they reach, in words; null: nobody. */
  to: string | null;
  /** Somebody would get them, but has switched mails about statements off. */
  switchedOff: boolean;
};

/** Monthly statements by mail, for a customer: whether and to whom, or why nobody gets one although they are wished for. */
export function ByMail({ monthly, to, switchedOff, formKey }: ByMailFacts & { formKey: string }) {
  return (
    <section aria-labelledby="by-mail" className="mt-10">
      <SectionHeader id="by-mail" title="By mail" />
      {monthly && to === null ? (
        <div className="mb-4 max-w-[34rem]">
          <Notice tone="waiting">
            {!switchedOff ? (
              <>
                Nobody gets the monthly statement: there is no e-mail address to send it to.{" "}
                <Link to="/messages">Write to us</Link> and we put one on file.
              </>
            ) : (
              <>
                Nobody gets the monthly statement: mails about statements are switched off.{" "}
                <Link to="/settings/notices">Choose what you are told</Link>
              </>
            )}
          </Notice>
        </div>
      ) : null}
      <Form method="post" className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <input type="hidden" name="key" value={formKey} />
        {monthly && to === null ? null : (
          <p className="text-ink-2">
            {monthly
              ? `A statement is mailed to ${to ?? ""} when each month is over.`
              : "Statements are not mailed to you."}
          </p>
        )}
        <SubmitButton variant="secondary" name="monthly" value={monthly ? "off" : "on"}>
          {monthly ? "Stop mailing them" : "Mail me one each month"}
        </SubmitButton>
      </Form>
    </section>
  );
}

/** The same for whoever works here: what is wished for, whom it reaches, and what is missing. */
export function StaffByMail({ readers, account }: { readers: StatementReaders; account: UnreadAccount }) {
  if (!readers.monthly)
    return <p className="mt-8 text-ink-2">No monthly statement is mailed: the customer does not want one.</p>;
  if (readers.to.length > 0)
    return <p className="mt-8 text-ink-2">A statement is mailed each month to {readers.to.join(", ")}.</p>;
  return (
    <div className="mt-8">
      <UnreadMail account={account} statement={readers} />
    </div>
  );
}
