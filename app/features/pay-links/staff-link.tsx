import { Form } from "@remix-run/react";

import { CopyText } from "#app/ui/copy-text.tsx";
import { Day, Moment } from "#app/ui/date.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { CurrentLink } from "#server/domains/pay-links/index.ts";

export type StaffLinkProps = {
  link: (CurrentLink & { url: string }) | null;
  /** Something of the bill is asked for: a link to it can be made. */
  payable: boolean;
};

/** The bill's pay link: copied into a mail or read out, renewed, switched off. */
export function StaffLink({ link, payable }: StaffLinkProps) {
  if (link === null && !payable) return null;
  return (
    <section aria-labelledby="pay-link" className="grid gap-2">
      <SectionHeader id="pay-link" title="Pay link" level={3} />
      {link === null ? (
        <p className="text-ink-2">There is none. Whoever has one sees and pays this bill without signing in.</p>
      ) : (
        <Current link={link} />
      )}
      <Form method="post" className="flex flex-wrap gap-2">
        {payable ? (
          <SubmitButton variant="secondary" name="intent" value="renew_link">
            {link === null ? "Make a link" : "Make a new one"}
          </SubmitButton>
        ) : null}
        {link?.state === "living" ? (
          <SubmitButton variant="secondary" name="intent" value="revoke_link">
            Switch it off
          </SubmitButton>
        ) : null}
      </Form>
    </section>
  );
}

function Current({ link }: { link: CurrentLink & { url: string } }) {
  if (link.state === "expired") {
    return (
      <p className="text-ink-2">
        It expired on <Day date={link.expiresOn} />. Whoever opens it can have a fresh one mailed to the address on
        file.
      </p>
    );
  }
  return (
    <>
      <CopyText id="pay-link-url" label="Address" text={link.url} />
      <p className="text-ink-2">
        Works until <Day date={link.expiresOn} />. <Uses link={link} />
      </p>
    </>
  );
}

function Uses({ link: { useCount, lastUsedAt } }: { link: CurrentLink }) {
  if (useCount === 0 || lastUsedAt === null) return "Not opened yet.";
  return (
    <>
      Opened {useCount === 1 ? "once" : `${String(useCount)} times`}, last <Moment at={lastUsedAt} />.
    </>
  );
}
