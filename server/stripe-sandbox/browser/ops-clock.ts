import { type Move } from "../time/move-clock.ts";
import { button, html, type Markup } from "./html.ts";

type Facts = { state: { now: string; zone: string }; move: Move | null; base: string };

/** The business clock, the ways to move it, and how far a move is. */
export function clock({ state, move, base }: Facts): Markup {
  return html`<h2>Clock</h2>
    <p>
      Business time is <strong>${timeIn(state.now, state.zone)}</strong> where the biller is. That is
      ${timeIn(state.now, "UTC")}.
    </p>
    ${move?.state === "moving" ? progress(move) : [outcome(move), buttons(base)]}`;
}

const timeIn = (now: string, zone: string): string =>
  new Intl.DateTimeFormat("en-US", {
    ...({ weekday: "short", year: "numeric", month: "short", day: "numeric" } as const),
    ...({ hour: "numeric", minute: "2-digit", timeZoneName: "short", timeZone: zone } as const),
  }).format(new Date(now));

function buttons(base: string): Markup {
  const move = (label: string, values: Record<string, string>) => button({ action: `${base}/clock`, label, values });
  return html`<p>
      It moves day by day: on each day whatever falls due is done, such as reminders, late fees, drafts and settling
      debits. A month takes a while; this page shows how far it is.
    </p>
    <div class="row">
      ${move("+1 hour", { hours: "1" })} ${move("+1 day", { days: "1" })} ${move("+5 days", { days: "5" })}
      ${move("+30 days", { days: "30" })}
    </div>`;
}

function progress({ done, steps }: Move): Markup {
  const text = `Moving the clock: ${done} of ${steps} ${steps === 1 ? "day" : "days"} done.`;
  return html`<p role="status">${text}</p>
    <progress max="${steps}" value="${done}" aria-label="Moving the clock"></progress>
    <p class="quiet">You may leave this page: it goes on.</p>`;
}

function outcome(move: Move | null): Markup | string {
  if (move === null) return "";
  const { steps, done } = move;
  return move.state === "failed"
    ? html`<p class="problem" role="alert">
        The clock stopped after ${done} of ${steps} days; the log says why. What was done stands. Move it again to go
        on.
      </p>`
    : html`<p role="status">Moved. What fell due on the way was done.</p>`;
}
