import { Document, Link, Text, View } from "@react-pdf/renderer";

import { formatLocalDate } from "#app/contracts/local-date.ts";
import { formatMoney, money } from "#app/contracts/money.ts";
import { formatQuantity, formatUnitPrice } from "#app/contracts/unit-price.ts";

import { type BillData, type DocumentLine } from "./document-data.ts";
import { fontsFor } from "./fonts.ts";
import { Letterhead } from "./letterhead.tsx";
import { PayCode } from "./pay-code.tsx";
import { styles } from "./styles.ts";
import { Sums } from "./sums.tsx";
import { textOf } from "./text-of.ts";

/** A bill as it could be printed and posted: the amount first, then what it is for, however many pages that takes. */
export function BillDocument({ data }: { data: BillData }) {
  const name = `${data.title} ${data.number}`;
  const day = (date: BillData["issuedOn"]) => formatLocalDate(date, "short", data.locale);
  return (
    <Document title={`${name}, ${data.biller.name}`} author={data.biller.name} language={data.locale}>
      <Letterhead
        frame={data}
        name={name}
        fonts={fontsFor(textOf(data, data.hero.amount))}
        facts={[
          [data.title, data.number],
          ["Account", data.billed.accountNumber],
          ["Issued", day(data.issuedOn)],
          ["Due", day(data.dueOn)],
        ]}
      >
        <Hero data={data} />
        <Lines data={data} />
        <Sums sums={data.sums} locale={data.locale} />
        <Notes data={data} />
      </Letterhead>
    </Document>
  );
}

function Hero({ data }: { data: BillData }) {
  const { label, amount, sentence } = data.hero;
  return (
    <View style={styles.heroBlock}>
      <View style={styles.grow}>
        <Text style={styles.heroLabel}>{label}</Text>
        <Text style={styles.hero}>{formatMoney(amount, data.locale)}</Text>
        {sentence ? <Text style={styles.quiet}>{sentence}</Text> : null}
      </View>
      {data.payAt === null ? null : <PayCode url={data.payAt} />}
    </View>
  );
}

/** The head stands again on every page that lines run on to; a line is never torn in two. */
function Lines({ data }: { data: BillData }) {
  const taxed = data.lines.some((line) => line.taxMinor !== 0n);
  return (
    <View>
      <View style={styles.tableHead} fixed>
        <Text style={styles.grow}>For</Text>
        <Text style={styles.price}>Quantity and price</Text>
        {taxed ? <Text style={styles.tax}>Tax</Text> : null}
        <Text style={styles.amount}>Amount</Text>
      </View>
      {data.lines.map((line, at) => (
        <Line key={at} line={line} taxed={taxed} data={data} />
      ))}
    </View>
  );
}

function Line({ line, taxed, data }: { line: DocumentLine; taxed: boolean; data: BillData }) {
  const { currency, locale } = data;
  return (
    <View style={styles.row} wrap={false}>
      <View style={styles.grow}>
        <Text>{line.description}</Text>
        {line.explanation ? <Text style={styles.quiet}>{line.explanation}</Text> : null}
      </View>
      <Text style={[styles.price, styles.quiet]}>{priceOf(line, data)}</Text>
      {taxed ? (
        <Text style={styles.tax}>
          {line.taxMinor === 0n ? "–" : formatMoney(money(line.taxMinor, currency), locale)}
        </Text>
      ) : null}
      <Text style={styles.amount}>{formatMoney(money(line.amountMinor, currency), locale)}</Text>
    </View>
  );
}

/** Nothing where there is nothing to multiply. */
function priceOf(line: DocumentLine, { currency, locale }: BillData): string {
  if (Number(line.quantity) === 1 && line.unit === null) return "";
  const quantity = [formatQuantity(line.quantity, locale), line.unit].filter(Boolean).join(" ");
  return `${quantity} × ${formatUnitPrice(line.unitPrice, currency, locale)}`;
}

function Notes({ data }: { data: BillData }) {
  const notes = [data.memo, data.terms].filter(Boolean);
  if (notes.length === 0 && data.payAt === null) return null;
  return (
    <View style={styles.note} wrap={false}>
      {data.payAt === null ? null : (
        <Text>
          Pay it without signing in:{" "}
          <Link src={data.payAt} style={styles.link}>
            {data.payAt}
          </Link>
        </Text>
      )}
      {notes.map((note, at) => (
        <Text key={at}>{note}</Text>
      ))}
    </View>
  );
}
