const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Markup that may be put into a page as it is. */
export class Markup {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

function put(value: unknown): string {
  if (value instanceof Markup) return value.source;
  if (Array.isArray(value)) return value.map(put).join("");
  return String(value ?? "").replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/** Escapes whatever is put in, except markup made here. */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Markup {
  return new Markup(parts.map((part, index) => part + (index < values.length ? put(values[index]) : "")).join(""));
}

export function button(facts: { action: string; label: string; values?: Record<string, string> }): Markup {
  const hidden = Object.entries(facts.values ?? {}).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return html`<form method="post" action="${facts.action}">${hidden}<button>${facts.label}</button></form> `;
}

type PageFacts = {
  title: string;
  body: Markup;
  base: string;
  wide?: boolean;
  script?: boolean;
  /** Something is under way: it looks again every second, without script too. */
  live?: boolean;
};

export function page(facts: PageFacts): string {
  const { title, body, base, wide, script, live } = facts;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${live ? html`<meta http-equiv="refresh" content="1" />` : ""}
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${base}/page.css" />
        ${script ? html`<script src="${base}/ops.js" defer></script>` : ""}
      </head>
      <body>
        <main class="${wide ? "wide" : "narrow"}">${body}</main>
      </body>
    </html>`.source;
}

export function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency: currency.toUpperCase() });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}
