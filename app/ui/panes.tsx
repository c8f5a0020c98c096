import { type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";

export type PaneWidths = { start: number; end: number };
export type PaneName = "start" | "middle" | "end";

export type PanesProps = {
  start: ReactNode;
  middle: ReactNode;
  /** Without it there are two panes. */
  end?: ReactNode;
  labels: { start: string; middle: string; end?: string };
  /** The one shown where there is room for one only. */
  active: PaneName;
  /** What this browser chose last (app/http/preferences). */
  widths: PaneWidths | null;
};

const LEAST = 240;
const MOST = 560;
const STEP = 16;
const USUAL: PaneWidths = { start: 344, end: 352 };

/** Two or three panes beside each other, each scrolling on its own, whose widths are dragged and remembered. */
export function Panes({ start, middle, end, labels, active, widths }: PanesProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<PaneWidths>(widths ?? USUAL);
  const resize = (side: "start" | "end", width: number, keep: boolean) => {
    const next = { ...current, [side]: Math.min(MOST, Math.max(LEAST, Math.round(width))) };
    setCurrent(next);
    if (keep) document.cookie = `remit_panes=${next.start}-${next.end}; Path=/; Max-Age=31536000; SameSite=Lax`;
  };
  const style = { "--pane-start": `${current.start}px`, "--pane-end": `${current.end}px` } as CSSProperties;
  return (
    <div className="panes" data-panes={end ? 3 : 2} ref={frame} style={style}>
      <Pane label={labels.start} active={active === "start"} edge="end">
        {start}
        <Handle label={`Width of ${labels.start}`} edge="end" width={current.start} onResize={resize} side="start" />
      </Pane>
      <Pane label={labels.middle} active={active === "middle"}>
        {middle}
      </Pane>
      {end ? (
        <Pane label={labels.end ?? "Details"} active={active === "end"} edge="start">
          {end}
          <Handle
            label={`Width of ${labels.end ?? "Details"}`}
            edge="start"
            width={current.end}
            onResize={resize}
            side="end"
          />
        </Pane>
      ) : null}
    </div>
  );
}

type PaneProps = { label: string; active: boolean; edge?: "start" | "end"; children: ReactNode };

function Pane({ label, active, edge, children }: PaneProps) {
  return (
    <section className="pane-frame" data-edge={edge} data-active={active ? "" : undefined} aria-label={label}>
      {children}
    </section>
  );
}

type HandleProps = {
  label: string;
  side: "start" | "end";
  edge: "start" | "end";
  width: number;
  onResize: (side: "start" | "end", width: number, keep: boolean) => void;
};

/** Drags with a pointer, moves with the arrow keys. */
function Handle({ label, side, edge, width, onResize }: HandleProps) {
  const origin = useRef<{ x: number; width: number } | null>(null);
  const direction = edge === "end" ? 1 : -1;
  const grab = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.dataset["dragging"] = "";
    origin.current = { x: event.clientX, width };
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (!origin.current) return;
    const by = (event.clientX - origin.current.x) * direction;
    onResize(side, origin.current.width + by, event.type === "pointerup");
    if (event.type !== "pointerup") return;
    origin.current = null;
    delete event.currentTarget.dataset["dragging"];
  };
  const press = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? STEP : event.key === "ArrowLeft" ? -STEP : 0;
    if (by === 0) return;
    event.preventDefault();
    onResize(side, width + by * direction, true);
  };
  return (
    <div
      className="pane-handle"
      data-edge={edge}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      onPointerDown={grab}
      onPointerMove={move}
      onPointerUp={move}
      onKeyDown={press}
    />
  );
}
