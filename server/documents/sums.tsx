import { Text, View } from "@react-pdf/renderer";

import { formatMoney } from "#app/contracts/money.ts";

import { type Sum } from "./document-data.ts";
import { styles } from "./styles.ts";

/** Names and amounts under a list, kept together on one page. */
export function Sums({ sums, locale }: { sums: readonly Sum[]; locale: string }) {
  return (
    <View style={styles.sums} wrap={false}>
      {sums.map(({ label, amount, strong }, at) => (
        <View key={at} style={strong ? [styles.sum, styles.sumStrong] : styles.sum}>
          <Text>{label}</Text>
          <Text>{formatMoney(amount, locale)}</Text>
        </View>
      ))}
    </View>
  );
}
