import { Link } from "#app/ui/link.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";

import { accountPath } from "./paths.ts";

export type CreditWhereProps = {
  account: string;
  bill: string;
  lateFee: boolean;
  /** The one it is given in; null where there is none yet. */
  conversation: string | null;
};

/** Where staff give a credit for a bill: in a conversation, so that whoever gets it sees it and can ask. */
export function CreditWhere({ account, bill, lateFee, conversation }: CreditWhereProps) {
  const what = lateFee ? "Waive this fee" : "Credit this bill";
  return (
    <section aria-labelledby="credit">
      <SectionHeader id="credit" title={lateFee ? "Waiver" : "Credit"} level={3} />
      <p className="text-ink-2">
        {conversation === null ? (
          <>
            It is given in a conversation, where the customer sees it and can ask.{" "}
            <Link to={`${accountPath(account)}#conversations`}>Start one</Link> first.
          </>
        ) : (
          <>
            <Link to={`/console/c/${conversation}?credit=${encodeURIComponent(bill)}`}>{what}</Link> in the conversation
            with the customer, who sees it there and can ask.
          </>
        )}
      </p>
    </section>
  );
}
