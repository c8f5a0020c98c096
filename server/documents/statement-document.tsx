import { Document, Text, View } from "@react-pdf/renderer";

import { formatLocalDate } from "#app/contracts/local-date.ts";
import { formatMoney } from "#app/contracts/money.ts";

import { type StatementData, type Sum } from "./document-data.ts";
import { fontsFor } from "./fonts.ts";
import { Letterhead } from "./letterhead.tsx";
import { styles } from "./styles.ts";
import { Sums } from "./sums.tsx";
import { textOf } from "./text-of.ts";

/** How late what is open was, less the credit, down to what the statement closes with. */
function sumsOf({ aging, closing }: StatementData): Sum[] {
  const late = aging.buckets.filter(({ amount }) => amount.amountMinor !== 0n);
  const credit = aging.credit === null ? [] : [{ label: "Credit", amount: aging.credit }];
  return [...late, ...credit, { label: "Closing balance", amount: closing, strong: true }];
}

/** A statement: what was owed before, everything that moved it, what is owed after. */
export function StatementDocument({ data }: { data: StatementData }) {
  const day = (date: StatementData["fromOn"]) => formatLocalDate(date, "short", data.locale);
  return (
    <Document title={`Statement, ${data.biller.name}`} author={data.biller.name} language={data.locale}>
      <Letterhead
        frame={data}
        name="Statement"
        fonts={fontsFor(textOf(data, data.closing))}
        facts={[
          ["Account", data.billed.accountNumber],
          ["From", day(data.fromOn)],
          ["To", day(data.toOn)],
        ]}
      >
        <View style={styles.block}>
          <Text style={styles.heroLabel}>{`Balance on ${formatLocalDate(data.toOn, "long", data.locale)}`}</Text>
          <Text style={styles.hero}>{formatMoney(data.closing, data.locale)}</Text>
          <Text style={styles.quiet}>
            {data.issuedOn
              ? `Issued on ${formatLocalDate(data.issuedOn, "long", data.locale)}. What arrives later stands on the next one.`
              : "By the day each thing happened on, as known today. A minus is credit."}
          </Text>
        </View>
        <View style={styles.tableHead} fixed>
          <Text style={styles.date}>Date</Text>
          <Text style={styles.grow}>What happened</Text>
          <Text style={styles.amount}>Amount</Text>
          <Text style={styles.amount}>Balance</Text>
        </View>
        <View style={styles.row} wrap={false}>
          <Text style={styles.date}>{day(data.fromOn)}</Text>
          <Text style={styles.grow}>Opening balance</Text>
          <Text style={styles.amount}> </Text>
          <Text style={styles.amount}>{formatMoney(data.opening, data.locale)}</Text>
        </View>
        {data.lines.map((line, at) => (
          <View key={at} style={styles.row} wrap={false}>
            <Text style={styles.date}>{day(line.day)}</Text>
            <Text style={styles.grow}>{line.what}</Text>
            <Text style={styles.amount}>{formatMoney(line.amount, data.locale)}</Text>
            <Text style={styles.amount}>{formatMoney(line.balance, data.locale)}</Text>
          </View>
        ))}
        <Text style={styles.note}>
          {`What was open on ${formatLocalDate(data.aging.day, "long", data.locale)}, by how late it was, less credit`}
        </Text>
        <Sums sums={sumsOf(data)} locale={data.locale} />
      </Letterhead>
    </Document>
  );
}
