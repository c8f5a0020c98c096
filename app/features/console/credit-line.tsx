import { DONE_LATER } from "#app/contracts/messages/giving.ts";
import { amountRefusalText } from "#app/contracts/messages/amounts.ts";
import { type CreditCommand } from "#app/contracts/credit-command.ts";
import { toDecimal } from "#app/contracts/money.ts";
import { useIsCutOff } from "#app/realtime/index.ts";
import { Becomes } from "#app/ui/becomes.tsx";
import { Kbd } from "#app/ui/kbd.tsx";
import { useLocale } from "#app/ui/locale.tsx";
import { Money } from "#app/ui/money.tsx";

import { type PreviewShown } from "./credit-preview.tsx";
import { saysEnough } from "./credit-values.ts";

export type CreditLineProps = {
  command: CreditCommand;
  /** Undefined while it is asked. */
  shown: PreviewShown | undefined;
  what: string;
  /** The bill it would stand on; null for none. */
  bill: string | null;
  giving: boolean;
};

/** One line above the message field: what the credit that is being written would do, and what Enter does. */
export function CreditLine({ command, shown, what, bill, giving }: CreditLineProps) {
  const isCutOff = useIsCutOff();
  return (
    <p className="credit-line" role="status">
      {command.amount ? (
        <>
          <strong>
            <Money value={command.amount} />
          </strong>{" "}
          {what}
          {bill === null ? ", on no bill" : ` on ${bill}`}
        </>
      ) : (
        "Credit"
      )}
      <span className="credit-line-then">
        {giving ? isCutOff ? DONE_LATER : "Giving it" : <Then {...{ command, shown }} />}
      </span>
    </p>
  );
}

function Then({ command, shown }: Pick<CreditLineProps, "command" | "shown">) {
  const { locale } = useLocale();
  if (command.amountRefusal !== null) {
    return command.amountRefusal.reason === "empty"
      ? "How much, why and, if you like, for which bill: /credit 12.50 late fee"
      : amountRefusalText(command.amountRefusal, locale);
  }
  if (shown === undefined) return "Looking";
  if (!shown.ok) return shown.message;
  const moved = shown.rows.filter((row) => toDecimal(row.before) !== toDecimal(row.after)).slice(0, 2);
  return (
    <>
      {moved.map(({ label, before, after }) => (
        <span key={label}>
          {label} <Becomes before={<Money value={before} />} after={<Money value={after} />} />
        </span>
      ))}
      <span>
        <Kbd>Enter</Kbd> {saysEnough(command) ? "to give it" : "to say why"}
      </span>
    </>
  );
}
