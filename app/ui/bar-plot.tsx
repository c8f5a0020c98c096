import { type ReactNode } from "react";

import { safeLink } from "#app/contracts/safe-path.ts";

export type Bar = {
  key: string;
  /** What the bar is ("October 2026") and what it says ("$112.10"), both in words. */
  label: string;
  text: string;
  /** Its height, in any unit; only the proportions show. Never used as money. */
  size: number;
  /** A second bar in the same place, in the same unit: what was paid beside what was billed. */
  beside?: number;
  to?: string;
};

const WIDTH = 10;
const GAP = 4;
const HEIGHT = 100;

/**
 * A row of bars, oldest first; the last is the current one. With addresses each bar is a link that says what it is;
 * without, a table says it to screen readers. Sizes are SVG attributes: inline styles would break the page's
 * security policy.
 */
export function BarPlot({ bars, caption, ends, keys }: BarPlotProps) {
  const tallest = Math.max(1, ...bars.map((bar) => Math.max(bar.size, bar.beside ?? 0)));
  const linked = bars.some((bar) => bar.to);
  return (
    <figure>
      <svg
        className="ui-plot"
        viewBox={`0 0 ${bars.length * WIDTH - GAP} ${HEIGHT}`}
        preserveAspectRatio="none"
        {...(linked ? { role: "group", "aria-label": caption } : { "aria-hidden": true })}
      >
        {bars.map((bar, at) => (
          <OneBar key={bar.key} bar={bar} current={at === bars.length - 1}>
            <rect className="ui-plot-hit" x={at * WIDTH - GAP / 2} y={0} width={WIDTH} height={HEIGHT} />
            <Bars bar={bar} x={at * WIDTH} tallest={tallest} />
          </OneBar>
        ))}
      </svg>
      {ends ? (
        <div className="ui-plot-ends" aria-hidden="true">
          <span>{ends[0]}</span>
          {keys ? <PlotKeys keys={keys} /> : null}
          <span>{ends[1]}</span>
        </div>
      ) : null}
      {linked ? null : <PlotTable bars={bars} caption={caption} />}
    </figure>
  );
}

export type BarPlotProps = {
  bars: readonly Bar[];
  caption: string;
  ends?: [string, string];
  /** What the two bars of a place are. */
  keys?: [string, string];
};

function Bars({ bar, x, tallest }: { bar: Bar; x: number; tallest: number }) {
  const width = WIDTH - GAP;
  if (bar.beside === undefined) return <rect {...placeOf(bar.size / tallest)} x={x} width={width} />;
  return (
    <>
      <rect {...placeOf(bar.size / tallest)} x={x} width={width / 2} />
      {bar.beside > 0 ? (
        <rect {...placeOf(bar.beside / tallest)} x={x + width / 2} width={width / 2} className="ui-plot-beside" />
      ) : null}
    </>
  );
}

function PlotKeys({ keys }: { keys: [string, string] }) {
  return (
    <span className="ui-plot-keys">
      <span>{keys[0]}</span>
      <span>{keys[1]}</span>
    </span>
  );
}

function PlotTable({ bars, caption }: { bars: readonly Bar[]; caption: string }) {
  return (
    <div className="sr-only">
      <table>
        <caption>{caption}</caption>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.key}>
              <th scope="row">{bar.label}</th>
              <td>{bar.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OneBar({ bar, current, children }: { bar: Bar; current: boolean; children: ReactNode }) {
  const words = `${bar.label}: ${bar.text}`;
  return (
    <g data-current={current ? "" : undefined}>
      {bar.to ? (
        <a href={safeLink(bar.to)} aria-label={words}>
          <title>{words}</title>
          {children}
        </a>
      ) : (
        <>
          <title>{words}</title>
          {children}
        </>
      )}
    </g>
  );
}

function placeOf(share: number): { y: number; height: number } {
  const height = share <= 0 ? 1 : Math.max(2, share * HEIGHT);
  return { y: HEIGHT - height, height };
}
