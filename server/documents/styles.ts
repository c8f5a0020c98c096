import { StyleSheet } from "@react-pdf/renderer";

const INK = "#1b1e27";
const QUIET = "#5a5f6b";
const LINE = "#d9dadd";
/**
 * On each block, never on the page (there it moves whatever is placed from the bottom off the paper), and always with a
 * size: a line height alone is taken of the renderer's own size.
 */
const AIR = { fontSize: 9.5, lineHeight: 1.4 };

/** One sheet for every document. Black on white, no colour that a printer would lose; points, not pixels. */
export const styles = StyleSheet.create({
  page: { paddingTop: 44, paddingBottom: 64, paddingHorizontal: 48, fontSize: 9.5, color: INK },
  head: { ...AIR, flexDirection: "row", justifyContent: "space-between", gap: 24, marginBottom: 22 },
  logo: { height: 32, maxWidth: 140, objectFit: "contain", objectPosition: "left", marginBottom: 6 },
  billerName: { fontSize: 13, fontWeight: 600 },
  quiet: { color: QUIET },
  right: { textAlign: "right" },
  strong: { fontWeight: 600 },
  /** Where the window of an envelope is. */
  billed: { ...AIR, minHeight: 68, marginBottom: 18, flexGrow: 1, flexShrink: 1, flexBasis: 0 },
  /** Names and numbers of any length wrap in their own half, never into the other. */
  facts: { flexGrow: 0, flexShrink: 0, flexBasis: 190, width: 190 },
  /** A value that does not fit beside its label goes below it. */
  fact: { flexDirection: "row", flexWrap: "wrap", justifyContent: "space-between", columnGap: 12 },
  factValue: { marginLeft: "auto", textAlign: "right" },
  heroLabel: { color: QUIET },
  hero: { fontSize: 28, fontWeight: 600, lineHeight: 1.3 },
  heroRow: { flexDirection: "row", justifyContent: "space-between", alignItems: "flex-end", gap: 24 },
  heroBlock: { ...AIR, flexDirection: "row", justifyContent: "space-between", gap: 24, marginBottom: 20 },
  link: { color: INK, textDecoration: "underline" },
  payCode: { alignItems: "center", width: 84 },
  code: { width: 84, height: 84 },
  payCodeText: { fontSize: 8, color: QUIET },
  block: { ...AIR, marginBottom: 20 },
  tableHead: {
    ...AIR,
    flexDirection: "row",
    gap: 10,
    paddingBottom: 4,
    marginBottom: 2,
    borderBottomWidth: 0.75,
    borderBottomColor: INK,
    fontSize: 8,
    color: QUIET,
  },
  row: { ...AIR, flexDirection: "row", gap: 10, paddingVertical: 3, borderBottomWidth: 0.5, borderBottomColor: LINE },
  grow: { flexGrow: 1, flexShrink: 1, flexBasis: 0 },
  amount: { width: 82, textAlign: "right" },
  tax: { width: 58, textAlign: "right" },
  price: { width: 140, textAlign: "right" },
  date: { width: 70 },
  sums: { ...AIR, marginTop: 8, marginLeft: "auto", width: 230 },
  sum: { flexDirection: "row", justifyContent: "space-between", paddingVertical: 2 },
  sumStrong: { borderTopWidth: 0.75, borderTopColor: INK, marginTop: 3, paddingTop: 5, fontWeight: 600, fontSize: 11 },
  note: { ...AIR, marginTop: 18, maxWidth: 400, color: QUIET },
  foot: {
    position: "absolute",
    left: 48,
    right: 48,
    bottom: 28,
    paddingTop: 6,
    borderTopWidth: 0.5,
    borderTopColor: LINE,
    flexDirection: "row",
    justifyContent: "space-between",
    gap: 16,
    fontSize: 8,
    color: QUIET,
  },
});
