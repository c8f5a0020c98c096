import { Image, Page, Text, View } from "@react-pdf/renderer";
import { type ReactNode } from "react";

import { type DocumentFrame } from "./document-data.ts";
import { styles } from "./styles.ts";

export type LetterheadProps = {
  frame: DocumentFrame;
  /** "Bill INV-10423", at the foot of every page. */
  name: string;
  facts: readonly [label: string, value: string][];
  /** The families that can draw all of it (`fontsFor`). */
  fonts: readonly string[];
  children: ReactNode;
};

/** Pages with the biller at the head, the billed one where an envelope's window is, and page numbers at the foot. */
export function Letterhead({ frame, name, facts, fonts, children }: LetterheadProps) {
  const { biller, billed } = frame;
  return (
    <Page size={paperOf(frame.locale)} style={[styles.page, { fontFamily: [...fonts] }]}>
      <View style={styles.head}>
        <View style={styles.grow}>
          {biller.logo ? <Image style={styles.logo} src={dataUrl(biller.logo)} /> : null}
          <Text style={styles.billerName}>{biller.name}</Text>
        </View>
        <View style={styles.right}>
          {[...biller.address, biller.phone, biller.email].filter(Boolean).map((line, at) => (
            <Text key={at} style={styles.quiet}>
              {line}
            </Text>
          ))}
        </View>
      </View>
      <View style={styles.heroRow}>
        <View style={styles.billed}>
          <Text style={styles.strong}>{billed.name}</Text>
          {billed.address.map((line, at) => (
            <Text key={at}>{line}</Text>
          ))}
        </View>
        <View style={[styles.billed, styles.facts]}>
          {facts.map(([label, value]) => (
            <View key={label} style={styles.fact}>
              <Text style={styles.quiet}>{label}</Text>
              <Text style={styles.factValue}>{value}</Text>
            </View>
          ))}
        </View>
      </View>
      {children}
      <View style={styles.foot} fixed>
        <Text>{`${biller.legalName ?? biller.name} · ${name}`}</Text>
        <Text render={({ pageNumber, totalPages }) => `Page ${pageNumber} of ${totalPages}`} />
      </View>
    </Page>
  );
}

/** North America prints on Letter, the rest of the world on A4. */
const paperOf = (locale: string): "LETTER" | "A4" => (/-(?:US|CA|MX|PR)$/i.test(locale) ? "LETTER" : "A4");

const dataUrl = (png: Uint8Array): string => `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
