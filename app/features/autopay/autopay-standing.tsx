import { Form } from "@remix-run/react";

import { AMOUNT_WORDS, daysText } from "#app/contracts/messages/autopay.ts";
import { type Currency } from "#app/contracts/currency.ts";
import { money } from "#app/contracts/money.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Day, Moment } from "#app/ui/date.tsx";
import { Disclosure } from "#app/ui/disclosure.tsx";
import { Link } from "#app/ui/link.tsx";
import { Money } from "#app/ui/money.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Pairs } from "#app/ui/pairs.tsx";
import { Status } from "#app/ui/status.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { Autopay, Draft } from "#server/domains/autopay/index.ts";

import { isGivenUp } from "./is-given-up.ts";

type Props = {
  autopay: Autopay;
  currency: Currency;
  mayChange: boolean;
  formKey: string;
  /** The last one that was to be taken. */
  last: Draft | null;
};

/** Autopay as it stands: whether it works, its terms, when they were agreed to, and the way out. */
export function AutopayStanding({ autopay, currency, mayChange, formKey, last }: Props) {
  const { amountKind, fixedMinor, daysBeforeDue, method, acceptedAt, mandateText, pausedAt } = autopay;
  const when = daysBeforeDue === 0 ? "On the due date" : `${daysText(daysBeforeDue)} before the due date`;
  const what =
    fixedMinor === null ? (
      AMOUNT_WORDS[amountKind].label
    ) : (
      <>
        At most <Money value={money(fixedMinor, currency)} /> a month
      </>
    );
  return (
    <div className="grid max-w-[34rem] gap-5">
      {last && isGivenUp(last, autopay.id) ? <GivenUp draft={last} mayChange={mayChange} /> : null}
      {pausedAt === null ? null : (
        <p>
          <Status tone="waiting">
            Paused since <Moment at={pausedAt} absolute />. Nothing is taken until you go on.
          </Status>
        </p>
      )}
      <Pairs
        pairs={[
          { label: "Takes", value: what },
          { label: "When", value: when },
          { label: "From", value: method.label },
          { label: "Agreed to", value: <Moment at={acceptedAt} absolute /> },
        ]}
      />
      <Disclosure label="What you agreed to">
        <blockquote className="border-l-2 border-line-strong pl-4 text-14 text-ink-2">{mandateText}</blockquote>
      </Disclosure>
      {mayChange ? (
        <div className="flex flex-wrap gap-3">
          <ButtonLink to="/autopay?step=wish">Change it</ButtonLink>
          <Form method="post">
            <input type="hidden" name="key" value={formKey} />
            <SubmitButton variant="secondary" name="intent" value={pausedAt === null ? "pause" : "resume"}>
              {pausedAt === null ? "Pause it" : "Go on with autopay"}
            </SubmitButton>
          </Form>
          <Form method="post">
            <input type="hidden" name="key" value={formKey} />
            <SubmitButton variant="quiet" name="intent" value="stop">
              Turn autopay off
            </SubmitButton>
          </Form>
        </div>
      ) : null}
    </div>
  );
}

/** Of what could not be taken nothing more is tried: without a word here autopay would look as if it worked. */
function GivenUp({ draft, mayChange }: { draft: Draft; mayChange: boolean }) {
  return (
    <Notice tone="overdue">
      <Money value={money(draft.announcedMinor, draft.currency)} /> of <Day date={draft.draftOn} /> could not be taken
      {draft.methodLabel ? ` from ${draft.methodLabel}` : ""}, and is not tried again.
      {mayChange ? (
        <>
          {" "}
          <Link to="/pay">Pay it by hand</Link>, and change the card or bank account for the next one.
        </>
      ) : null}
    </Notice>
  );
}
