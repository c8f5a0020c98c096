import { Document, Text, View } from "@react-pdf/renderer";

import { formatLocalDate } from "#app/contracts/local-date.ts";
import { formatMoney, subtractMoney, zero } from "#app/contracts/money.ts";

import { type ReceiptData, type Sum } from "./document-data.ts";
import { fontsFor } from "./fonts.ts";
import { Letterhead } from "./letterhead.tsx";
import { styles } from "./styles.ts";
import { Sums } from "./sums.tsx";
import { textOf } from "./text-of.ts";

/** A receipt: what was paid, with what, and what each bill still owes. */
export function ReceiptDocument({ data }: { data: ReceiptData }) {
  return (
    <Document title={`Receipt, ${data.biller.name}`} author={data.biller.name} language={data.locale}>
      <Letterhead
        frame={data}
        name={`Receipt ${data.number}`}
        fonts={fontsFor(textOf(data, data.amount))}
        facts={[
          ["Account", data.billed.accountNumber],
          ["Date", formatLocalDate(data.paidOn, "short", data.locale)],
          ["With", data.method],
        ]}
      >
        <View style={styles.block}>
          <Text style={styles.heroLabel}>{data.state}</Text>
          <Text style={styles.hero}>{formatMoney(data.amount, data.locale)}</Text>
          {data.sentence ? <Text style={styles.quiet}>{data.sentence}</Text> : null}
        </View>
        {data.bills.length > 0 ? <Bills data={data} /> : null}
        <Sums sums={sumsOf(data)} locale={data.locale} />
        <Text style={styles.note}>{`Payment ${data.number}`}</Text>
      </Letterhead>
    </Document>
  );
}

function Bills({ data }: { data: ReceiptData }) {
  return (
    <View>
      <View style={styles.tableHead} fixed>
        <Text style={styles.grow}>Bill</Text>
        <Text style={styles.amount}>Left to pay</Text>
        <Text style={styles.amount}>Paid</Text>
      </View>
      {data.bills.map((bill) => (
        <View key={bill.number} style={styles.row} wrap={false}>
          <Text style={styles.grow}>{bill.number}</Text>
          <Text style={[styles.amount, styles.quiet]}>{formatMoney(bill.left, data.locale)}</Text>
          <Text style={styles.amount}>{formatMoney(bill.paid, data.locale)}</Text>
        </View>
      ))}
    </View>
  );
}

function sumsOf({ amount, fee, toCredit, sentBack, locale }: ReceiptData): Sum[] {
  const sums: Sum[] = [];
  if (toCredit !== null) sums.push({ label: "Kept as credit", amount: toCredit });
  if (fee !== null) sums.push({ label: "Convenience fee", amount: fee });
  sums.push({ label: "Total", amount, strong: true });
  if (sentBack.length === 0) return sums;
  for (const { on, amount: back } of sentBack)
    sums.push({
      label: `Sent back on ${formatLocalDate(on, "short", locale)}`,
      amount: subtractMoney(zero(back.currency), back),
    });
  const left = sentBack.reduce((sum, { amount: back }) => subtractMoney(sum, back), amount);
  return [...sums, { label: "Left after that", amount: left, strong: true }];
}
