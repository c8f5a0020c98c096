import { encodeQR } from "qr";

/** A QR code as one SVG path of its dark modules, in a square of `size` units with the white border it needs. */
export type QrPath = { size: number; path: string };

const QUIET = 4;

export function qrPath(text: string): QrPath {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  const dark = rows.flatMap((row, y) => row.map((on, x) => (on ? `M${String(x)} ${String(y)}h1v1h-1z` : "")));
  return { size: rows.length, path: dark.join("") };
}
