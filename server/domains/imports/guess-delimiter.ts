const DELIMITERS = [",", ";", "\t"] as const;

/**
 * What parts a file's columns, by its first row: the one that stands in it most often outside quotation marks. One for
 * the whole file: a semicolon in a name of a comma file parts nothing.
 */
export function guessDelimiter(top: string): string {
  const [heading = ""] = top.replaceAll(/"[^"]*"/g, "").split(/\r?\n|\r/, 1);
  const counts = DELIMITERS.map((delimiter) => heading.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}
