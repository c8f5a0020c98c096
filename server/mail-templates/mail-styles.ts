export const INK = "#1d2129";
export const INK_2 = "#4b515c";
export const INK_3 = "#666c77";
export const LINE = "#e4e4e1";

/** What dark swaps, by class. Whatever has a colour of its own has one of these. */
const DARK: Readonly<Record<string, string>> = {
  page: "background-color: #0f1216",
  paper: "background-color: #171a20; border-color: #2b2f37",
  ink: "color: #eff1f5",
  "ink-2": "color: #babec7",
  "ink-3": "color: #9a9fa9",
  rule: "border-color: #2b2f37",
  act: "background-color: #86aef5; color: #101a30",
};

export const DARK_CLASSES: readonly string[] = Object.keys(DARK);

const darkRules = (scope: string): string =>
  Object.entries(DARK)
    .map(([name, rules]) => `${scope}.${name} { ${rules.replaceAll(/(#[0-9a-f]{6})/g, "$1 !important")} }`)
    .join("\n");

/** Dark is designed, not inverted: programs that know the question swap these; others show the light set. */
export const MAIL_STYLES = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
${darkRules("")}
}
@media (max-width: 480px) {
  .paper { padding: 24px 20px !important; }
  .hero { font-size: 36px !important; line-height: 44px !important; }
  .act { display: block !important; text-align: center !important; }
}
`;

const FONT = "Inter, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

export const text = (color: string) => ({ color, fontSize: "16px", lineHeight: "24px" });
export const SMALL = { fontSize: "13px", lineHeight: "20px" };
export const PAGE = { backgroundColor: "#f8f8f6", fontFamily: FONT };
export const PAPER = {
  backgroundColor: "#ffffff",
  border: `1px solid ${LINE}`,
  borderRadius: "10px",
  padding: "32px",
};
export const HERO = {
  ...text(INK),
  fontSize: "44px",
  lineHeight: "52px",
  fontWeight: 600,
  letterSpacing: "-0.02em",
  fontVariantNumeric: "tabular-nums",
  margin: "12px 0 0",
};
export const ACTION = {
  backgroundColor: "#2552b5",
  color: "#ffffff",
  borderRadius: "6px",
  display: "inline-block",
  fontSize: "16px",
  fontWeight: 600,
  lineHeight: "24px",
  padding: "12px 20px",
  textDecoration: "none",
};
export const CELL = { borderTop: `1px solid ${LINE}`, padding: "10px 0", verticalAlign: "top" };
export const QUOTE = {
  borderLeft: `3px solid ${LINE}`,
  padding: "0 0 0 16px",
  margin: "16px 0 0",
  overflowWrap: "anywhere",
} as const;
export const ROW_LINK = { color: INK, textDecoration: "underline" };
export const QUIET_LINK = { color: INK_3, textDecoration: "underline" };
export const AMOUNT = {
  textAlign: "right",
  fontVariantNumeric: "tabular-nums",
  whiteSpace: "nowrap",
  paddingLeft: "16px",
} as const;
