import { type ReactNode } from "react";

/** What a colour means. Settled green, waiting or due soon amber, overdue or failed red, in dispute violet, done grey. */
export type Tone = "settled" | "waiting" | "overdue" | "dispute" | "done";

/** A shape and a word: readable without colour. `pill` gives it a ground, for the one state a page is about. */
export function Status({ tone, pill, children }: { tone: Tone; pill?: boolean; children: ReactNode }) {
  return (
    <span className="ui-status" data-tone={tone} data-pill={pill ? "" : undefined}>
      {MARKS[tone]}
      <span>{children}</span>
    </span>
  );
}

/** The shape of a tone alone: a tick, a half-filled ring, a disc, a diamond, an empty ring. */
export function ToneMark({ tone, className }: { tone: Tone; className?: string }) {
  return (
    <svg viewBox="0 0 10 10" className={className} data-tone={tone} aria-hidden="true">
      {SHAPES[tone]}
    </svg>
  );
}

const SHAPES: Record<Tone, ReactNode> = {
  settled: <path d="M1 5.4 3.9 8.2 9 2.2" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
  waiting: (
    <>
      <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M5 1a4 4 0 0 1 0 8z" fill="currentColor" />
    </>
  ),
  overdue: <circle cx="5" cy="5" r="4.6" fill="currentColor" />,
  dispute: <path d="M5 0 10 5 5 10 0 5z" fill="currentColor" />,
  done: <circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.6" />,
};

// Made once: in a list the same few stand again and again.
const MARKS: Record<Tone, ReactNode> = {
  settled: <ToneMark tone="settled" />,
  waiting: <ToneMark tone="waiting" />,
  overdue: <ToneMark tone="overdue" />,
  dispute: <ToneMark tone="dispute" />,
  done: <ToneMark tone="done" />,
};
