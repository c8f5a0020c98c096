import { Link, Path, Svg, Text, View } from "@react-pdf/renderer";
import { encodeQR } from "qr";

import { styles } from "./styles.ts";

/** Modules of white around a code: what ISO/IEC 18004 asks for. */
const QUIET = 4;

/** The way to pay, for a phone's camera and for whoever reads on a screen. Drawn as lines, so that print stays sharp. */
export function PayCode({ url }: { url: string }) {
  const { size, path } = drawCode(url);
  return (
    <View style={styles.payCode}>
      <Link src={url}>
        <Svg viewBox={`0 0 ${size} ${size}`} style={styles.code}>
          <Path d={path} fill="#000000" />
        </Svg>
      </Link>
      <Text style={styles.payCodeText}>Scan to pay</Text>
    </View>
  );
}

/** One shape of all dark modules, a run of a row at a time. */
function drawCode(text: string): { size: number; path: string } {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  const runs: string[] = [];
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x += 1;
      const width = x - from + 1;
      runs.push(`M${from} ${y}h${width}v1h-${width}z`);
    }
  });
  return { size: rows.length, path: runs.join("") };
}
