import { Form } from "@remix-run/react";

import { type LocalDate } from "#app/contracts/local-date.ts";
import { Day } from "#app/ui/date.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";

export type StandingPause = { id: string; bill: string | null; untilOn: LocalDate | null; reason: string };

/** The pauses that hold today, each with its end. */
export function PauseList({ pauses }: { pauses: readonly StandingPause[] }) {
  return (
    <ul className="grid border-y border-line">
      {pauses.map(({ id, bill, untilOn, reason }) => (
        <li
          key={id}
          className="flex flex-wrap items-center justify-between gap-3 border-b border-line py-3 last:border-0"
        >
          <div>
            <p className="font-medium">
              {bill === null ? "The whole account" : `Bill ${bill}`}
              {untilOn ? (
                <>
                  {" "}
                  until <Day date={untilOn} />
                </>
              ) : null}
            </p>
            <p className="text-14 text-ink-2">{reason}</p>
          </div>
          <Form method="post">
            <input type="hidden" name="pauseId" value={id} />
            <SubmitButton variant="secondary" name="intent" value="resume">
              End <span className="sr-only">the pause of {bill === null ? "the account" : `bill ${bill}`}</span>
            </SubmitButton>
          </Form>
        </li>
      ))}
    </ul>
  );
}
