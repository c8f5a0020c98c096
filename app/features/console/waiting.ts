/** From fresh to long overdue: what colours a waiting time. */
export type Warmth = "fresh" | "warm" | "hot" | "burning";

const WARM_MINUTES = 5;
const HOT_MINUTES = 30;
const BURNING_MINUTES = 120;

export function warmthOf(minutes: number): Warmth {
  if (minutes < WARM_MINUTES) return "fresh";
  if (minutes < HOT_MINUTES) return "warm";
  return minutes < BURNING_MINUTES ? "hot" : "burning";
}

/** "now", "12 min", "3 h 05", "2 d": short enough for the end of a row. */
export function waitedText(minutes: number): string {
  if (minutes < 1) return "now";
  if (minutes < 60) return `${String(minutes)} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${String(hours)} h ${String(minutes % 60).padStart(2, "0")}`;
  return `${String(Math.floor(hours / 24))} d`;
}
