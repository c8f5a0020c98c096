import { type MailContent } from "./mail-content.ts";
import {
  ACTION,
  AMOUNT,
  CELL,
  HERO,
  INK,
  INK_2,
  INK_3,
  LINE,
  MAIL_STYLES,
  PAGE,
  PAPER,
  QUIET_LINK,
  QUOTE,
  ROW_LINK,
  SMALL,
  text,
} from "./mail-styles.ts";

export type FrameFacts = {
  biller: string;
  publicUrl: string;
  footer: readonly string[];
  locale: string;
  /** Where mails like it are stopped by one press. */ stopPath: string | null;
  /** Where its reader chooses among mails; for those that one press should not stop. */ choosePath: string | null;
};

/**
 * One sheet: who writes, the number, what it means, one thing to do. Complete without any picture. Its own tables: what
 * has a colour has the class by which dark swaps it, which ready-made boxes lose on the way to an inner cell.
 */
export function MailFrame({ content, facts }: { content: MailContent; facts: FrameFacts }) {
  return (
    <html lang={facts.locale} dir="ltr">
      <head>
        <meta httpEquiv="Content-Type" content="text/html; charset=UTF-8" />
        <meta name="x-apple-disable-message-reformatting" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{content.subject}</title>
        <style>{MAIL_STYLES}</style>
      </head>
      <body className="page" style={{ ...PAGE, margin: 0, padding: 0 }}>
        <div style={{ display: "none", maxHeight: 0, overflow: "hidden" }}>{content.preview}</div>
        <Box className="page" style={{ ...PAGE, padding: "24px 12px" }}>
          <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} align="center" style={WIDTH}>
            <tbody>
              <tr>
                <td>
                  <p className="ink" style={{ ...text(INK), fontWeight: 600, margin: "0 4px 16px" }}>
                    {facts.biller}
                  </p>
                  <Box className="paper" style={PAPER}>
                    <Sheet content={content} publicUrl={facts.publicUrl} />
                  </Box>
                  <Foot facts={facts} />
                </td>
              </tr>
            </tbody>
          </table>
        </Box>
      </body>
    </html>
  );
}

type Boxed = { className: string; style: React.CSSProperties; children: React.ReactNode };

const WIDTH = { maxWidth: "560px", margin: "0 auto" };

/** A coloured box that every mail program draws: a table of one cell, which has the colour and the space. */
function Box({ className, style, children }: Boxed) {
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} style={{ borderCollapse: "separate" }}>
      <tbody>
        <tr>
          <td className={className} style={style}>
            {children}
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function Sheet({ content, publicUrl }: { content: MailContent; publicUrl: string }) {
  const { heading, hero, lines, quotes = [], rows = [], action, after = [] } = content;
  return (
    <>
      <h1 className="ink" style={{ ...text(INK), fontSize: "20px", lineHeight: "28px", fontWeight: 600, margin: 0 }}>
        {unbroken(heading)}
      </h1>
      {hero ? (
        <p className="ink hero" style={HERO}>
          {hero}
        </p>
      ) : null}
      {lines.map((line) => (
        <p key={line} className="ink-2" style={{ ...text(INK_2), margin: "12px 0 0" }}>
          {unbroken(line)}
        </p>
      ))}
      {quotes.map((quote, at) => (
        <Quote key={at} text={quote} />
      ))}
      {rows.length > 0 ? <Rows rows={rows} publicUrl={publicUrl} /> : null}
      {action ? (
        <p style={{ margin: "24px 0 0" }}>
          <a href={`${publicUrl}${action.path}`} target="_blank" className="act" style={ACTION}>
            {action.label}
          </a>
        </p>
      ) : null}
      {after.length > 0 ? (
        <hr className="rule" style={{ border: 0, borderTop: `1px solid ${LINE}`, margin: "24px 0 0" }} />
      ) : null}
      {after.map((line) => (
        <p key={line} className="ink-3" style={{ ...text(INK_3), ...SMALL, margin: "16px 0 0" }}>
          {unbroken(line)}
        </p>
      ))}
    </>
  );
}

/** A number with a hyphen ("LKW-10001"), short enough for one line of a phone. */
const NUMBER = /(?<=^|\s)((?=\S*\d)\S{1,12}-\S{1,12})(?=$|\s)/;

/** A sentence whose numbers are not broken at their hyphens. */
const unbroken = (sentence: string): React.ReactNode[] =>
  sentence.split(NUMBER).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      <span key={at} style={{ whiteSpace: "nowrap" }}>
        {part}
      </span>
    ),
  );

/** What somebody wrote: its line ends are kept, and no mark-up of theirs is. */
function Quote({ text: written }: { text: string }) {
  return (
    <p className="ink rule" dir="auto" style={{ ...text(INK), ...QUOTE }}>
      {written.split("\n").flatMap((line, at) => (at === 0 ? [line] : [<br key={at} />, line]))}
    </p>
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
                <a className="ink" href={`${publicUrl}${row.path}`} target="_blank" style={ROW_LINK}>
                  {row.label}
                </a>
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

function Foot({ facts: { footer, publicUrl, stopPath, choosePath } }: { facts: FrameFacts }) {
  const [path, label] =
    stopPath === null ? [choosePath, "Choose which mails you get"] : [stopPath, "Stop mails like this"];
  return (
    <>
      <p className="ink-3" style={{ ...text(INK_3), ...SMALL, margin: "16px 4px 0", whiteSpace: "pre-line" }}>
        {unbroken(footer.join("\n"))}
      </p>
      {path === null ? null : (
        <p style={{ ...SMALL, margin: "8px 4px 0" }}>
          <a className="ink-3" href={`${publicUrl}${path}`} target="_blank" style={QUIET_LINK}>
            {label}
          </a>
        </p>
      )}
    </>
  );
}
