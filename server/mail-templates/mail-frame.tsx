import { Body, Button, Container, Head, Heading, Hr, Html, Link, Preview, Section, Text } from "react-email";

import { type MailContent } from "./mail-content.ts";

export type FrameFacts = {
  biller: string;
  publicUrl: string;
  footer: readonly string[];
  locale: string;
  /** Where mails like it are stopped. */ stopPath: string | null;
};

/** Dark is designed, not inverted: programs that know the question swap these; others show the light set. */
const STYLES = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background-color: #0f1216 !important; }
  .paper { background-color: #171a20 !important; border-color: #2b2f37 !important; }
  .ink { color: #eff1f5 !important; }
  .ink-2 { color: #babec7 !important; }
  .ink-3 { color: #9a9fa9 !important; }
  .rule { border-color: #2b2f37 !important; }
  .act { background-color: #86aef5 !important; color: #101a30 !important; }
}
@media (max-width: 480px) { .paper { padding: 24px 20px !important; } .hero { font-size: 36px !important; line-height: 44px !important; } }
`;

const FONT = "Inter, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const INK = "#1d2129";
const INK_2 = "#4b515c";
const INK_3 = "#666c77";
const LINE = "#e4e4e1";

/** One sheet: who writes, the number, what it means, one thing to do. Complete without any picture. */
export function MailFrame({ content, facts }: { content: MailContent; facts: FrameFacts }) {
  const { preview, heading, hero, lines, rows = [], action, after = [] } = content;
  return (
    <Html lang={facts.locale}>
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{content.subject}</title>
        <style>{STYLES}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body className="page" style={{ backgroundColor: "#f8f8f6", fontFamily: FONT, margin: 0, padding: "24px 12px" }}>
        <Container style={{ maxWidth: "560px" }}>
          <Text className="ink" style={{ ...text(INK), fontWeight: 600, margin: "0 4px 16px" }}>
            {facts.biller}
          </Text>
          <Section className="paper" style={PAPER}>
            <Heading as="h1" className="ink" style={{ ...text(INK), fontSize: "20px", lineHeight: "28px", margin: 0 }}>
              {heading}
            </Heading>
            {hero ? (
              <Text className="ink hero" style={HERO}>
                {hero}
              </Text>
            ) : null}
            {lines.map((line) => (
              <Text key={line} className="ink-2" style={{ ...text(INK_2), margin: "12px 0 0" }}>
                {line}
              </Text>
            ))}
            {rows.length > 0 ? <Rows rows={rows} publicUrl={facts.publicUrl} /> : null}
            {action ? (
              <Button href={`${facts.publicUrl}${action.path}`} target="_blank" className="act" style={ACTION}>
                {action.label}
              </Button>
            ) : null}
            {after.length > 0 ? <Hr className="rule" style={{ borderColor: LINE, margin: "24px 0 0" }} /> : null}
            {after.map((line) => (
              <Text key={line} className="ink-3" style={{ ...text(INK_3), ...SMALL, margin: "16px 0 0" }}>
                {line}
              </Text>
            ))}
          </Section>
          <Text className="ink-3" style={{ ...text(INK_3), ...SMALL, margin: "16px 4px 0", whiteSpace: "pre-line" }}>
            {facts.footer.join("\n")}
          </Text>
          {facts.stopPath === null ? null : (
            <Text style={{ ...SMALL, margin: "8px 4px 0" }}>
              <Link className="ink-3" href={`${facts.publicUrl}${facts.stopPath}`} target="_blank" style={STOP_LINK}>
                Stop mails like this
              </Link>
            </Text>
          )}
        </Container>
      </Body>
    </Html>
  );
}

function Rows({ rows, publicUrl }: { rows: NonNullable<MailContent["rows"]>; publicUrl: string }) {
  return (
    <table width="100%" cellPadding={0} cellSpacing={0} style={{ marginTop: "20px", borderCollapse: "collapse" }}>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <td className="ink-2 rule" style={{ ...text(INK_2), ...CELL }}>
              {row.path === undefined ? (
                row.label
              ) : (
                <Link className="ink" href={`${publicUrl}${row.path}`} target="_blank" style={ROW_LINK}>
                  {row.label}
                </Link>
              )}
            </td>
            <td className="ink rule" style={{ ...text(INK), ...CELL, ...AMOUNT }}>
              {row.value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const text = (color: string) => ({ color, fontSize: "16px", lineHeight: "24px" });
const SMALL = { fontSize: "13px", lineHeight: "20px" };
const PAPER = { backgroundColor: "#ffffff", border: `1px solid ${LINE}`, borderRadius: "10px", padding: "32px" };
const HERO = {
  ...text(INK),
  fontSize: "44px",
  lineHeight: "52px",
  fontWeight: 600,
  letterSpacing: "-0.02em",
  fontVariantNumeric: "tabular-nums",
  margin: "12px 0 0",
};
const ACTION = {
  backgroundColor: "#2552b5",
  color: "#ffffff",
  borderRadius: "6px",
  fontSize: "16px",
  fontWeight: 600,
  lineHeight: "24px",
  marginTop: "24px",
  padding: "12px 20px",
};
const CELL = { borderTop: `1px solid ${LINE}`, padding: "10px 0", verticalAlign: "top" };
const ROW_LINK = { color: INK, textDecoration: "underline" };
const STOP_LINK = { color: INK_3, textDecoration: "underline" };
const AMOUNT = {
  textAlign: "right",
  fontVariantNumeric: "tabular-nums",
  whiteSpace: "nowrap",
  paddingLeft: "16px",
} as const;
