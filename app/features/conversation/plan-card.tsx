import { useFetcher } from "@remix-run/react";

import { encodeId } from "#app/contracts/ids.ts";
import { parseLocalDate } from "#app/contracts/local-date.ts";
import { type EveryWord, PLAN_EVERY_WORDS } from "#app/contracts/messages/plans.ts";
import { isZero, type Money as MoneyValue } from "#app/contracts/money.ts";
import { type MoneyCard } from "#app/contracts/realtime/thread.ts";
import { PlanDecision } from "#app/features/plans/plan-decision.tsx";
import { ButtonLink } from "#app/ui/button.tsx";
import { Day } from "#app/ui/date.tsx";
import { Money } from "#app/ui/money.tsx";
import { type Pair } from "#app/ui/pairs.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";

/** What can be done with a plan on its card while it waits: whoever did not write it answers. */
export function PlanCardActions({ card, staff }: { card: MoneyCard; staff: boolean }) {
  const planId = String(card.facts["planId"]);
  const path = `/plans/${encodeId("plan", planId)}`;
  const state = String(card.facts["planState"]);
  if (staff) return state === "proposed" ? <PlanDecision planId={planId} back="/console/plans" /> : null;
  if (state !== "offered") return <ButtonLink to={path}>See the plan</ButtonLink>;
  return <Offered path={path} />;
}

function Offered({ path }: { path: string }) {
  const fetcher = useFetcher();
  return (
    <fetcher.Form method="post" action={path} className="flex flex-wrap gap-2">
      <ButtonLink to={`${path}#accept`} variant="primary">
        Review and accept
      </ButtonLink>
      <SubmitButton variant="quiet" name="intent" value="decline" pending={fetcher.state !== "idle"}>
        Decline
      </SubmitButton>
    </fetcher.Form>
  );
}

type Terms = { facts: MoneyCard["facts"]; each: MoneyValue; down: MoneyValue | null };

/** The terms of a plan as a card's rows. */
export function planRows({ facts, each, down }: Terms): Pair[] {
  const every = PLAN_EVERY_WORDS[String(facts["every"]) as EveryWord];
  const firstOn = parseLocalDate(String(facts["firstOn"]));
  return [
    ...(down && !isZero(down) ? [{ label: "At once", value: <Money value={down} /> }] : []),
    {
      label: `${String(facts["instalments"])} instalments, ${every}`,
      value: (
        <>
          <Money value={each} /> each
        </>
      ),
    },
    ...(firstOn ? [{ label: "The first on", value: <Day date={firstOn} style="short" /> }] : []),
  ];
}
