import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";

import { Font } from "@react-pdf/renderer";

const require = createRequire(import.meta.url);
/** The file of a font package: beside its entry or its package.json, whichever it lets us see. */
const fileOf = (entry: string, file: string): string => resolve(dirname(require.resolve(entry)), file);

const latin = (weight: string) => fileOf("@embedpdf/fonts-latin", `../fonts/NotoSans-${weight}.ttf`);
const han = (weight: string) => fileOf("@embedpdf/fonts-sc", `../fonts/NotoSansHans-${weight}.otf`);
const arabic = (weight: string) => fileOf("@embedpdf/fonts-arabic", `../fonts/NotoNaskhArabic-${weight}.ttf`);
const hebrew = (weight: string) => fileOf("@embedpdf/fonts-hebrew", `../fonts/NotoSansHebrew-${weight}.ttf`);
const korean = () => fileOf("@expo-google-fonts/gowun-dodum/package.json", "400Regular/GowunDodum_400Regular.ttf");
/** Every character of the Basic Multilingual Plane, drawn plainly: nobody's name becomes a row of boxes. */
const everything = () =>
  fileOf("@fontsource/unifontex/files/unifontex-latin-400-normal.woff", "unifontex-latin-400-normal.woff");

type Family = { family: string; fonts: () => { src: string; fontWeight: number }[]; of: RegExp };

const both = (file: (weight: string) => string, strong = "Bold") => [
  { src: file("Regular"), fontWeight: 400 },
  { src: file(strong), fontWeight: 600 },
];
const plain = (src: string) => [
  { src, fontWeight: 400 },
  { src, fontWeight: 600 },
];

const BASE: Family = { family: "Noto Sans", fonts: () => both(latin, "SemiBold"), of: /^/u };
const BASE_SCRIPTS =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Devanagari}\p{Script=Common}\p{Script=Inherited}]/u;
const PICTURE = /\p{Extended_Pictographic}/u;
/** Loaded only for a document that needs them: some are large. */
const OTHERS: readonly Family[] = [
  { family: "Noto Sans Hans", fonts: () => both(han), of: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u },
  { family: "Noto Naskh Arabic", fonts: () => both(arabic), of: /\p{Script=Arabic}/u },
  { family: "Noto Sans Hebrew", fonts: () => both(hebrew), of: /\p{Script=Hebrew}/u },
  { family: "Gowun Dodum", fonts: () => plain(korean()), of: /\p{Script=Hangul}/u },
];
const LAST: Family = { family: "UnifontEX", fonts: () => plain(everything()), of: /^/u };

const registered = new Set<string>();

/**
 * The families, best first, that can draw all of `text`; each character takes the first that has it. All are under the
 * SIL Open Font License and are embedded as subsets.
 */
export function fontsFor(text: string): string[] {
  const others = OTHERS.filter(({ of }) => of.test(text));
  const known = [BASE_SCRIPTS, ...others.map(({ of }) => of)];
  const rest = [...new Set(text)].some((char) => PICTURE.test(char) || !known.some((script) => script.test(char)));
  const families = [BASE, ...others, ...(rest ? [LAST] : [])];
  for (const family of families) register(family);
  return families.map(({ family }) => family);
}

function register({ family, fonts }: Family): void {
  if (registered.size === 0) Font.registerHyphenationCallback((word) => [word]);
  if (registered.has(family)) return;
  registered.add(family);
  Font.register({ family, fonts: fonts() });
}
