import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";

const decompress = promisify(brotliDecompress);

// Its cache is named in full: this fontconfig takes "relative" from wherever the browser is started.
const fontsOf = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir>${join(folder, "fonts/cache")}</cachedir>
</fontconfig>
`;

/**
 * The Chromium of @sparticuz/chromium (Linux x64), with the libraries a bare machine lacks. Its own code unpacks those
 * only inside of AWS Lambda, so it is done here, once.
 */
export async function unpackChromium(
  cacheFolder: string,
): Promise<{ executablePath: string; env: Record<string, string> } | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const packed = packedFolder();
  if (!packed) return undefined;
  const folder = join(cacheFolder, "chromium");
  if (!existsSync(folder)) {
    const partial = `${folder}.${String(process.pid)}`;
    mkdirSync(partial, { recursive: true });
    const read = (name: string) => decompress(readFileSync(join(packed, name)));
    writeFileSync(join(partial, "chromium"), await read("chromium.br"), { mode: 0o755 });
    for (const name of ["al2023", "fonts"]) untar(await read(`${name}.tar.br`), join(partial, name));
    untar(await read("swiftshader.tar.br"), partial);
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
  }
  // The one it brings names folders of its home only. With no font at all, the first page is its end.
  writeFileSync(join(folder, "fonts/fonts.conf"), fontsOf(folder));
  const libraries = [join(folder, "al2023/lib"), process.env["LD_LIBRARY_PATH"]].filter(Boolean).join(":");
  return {
    executablePath: join(folder, "chromium"),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(folder, "fonts") },
  };
}

function packedFolder(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
    const folder = resolve(dirname(entry), "../../bin");
    return existsSync(folder) ? folder : undefined;
  } catch (error) {
    // An optional dependency: not there on other systems.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** Files, folders and links of a plain tar archive: all that stands in these three. */
function untar(archive: Buffer, into: string): void {
  const blockBytes = 512;
  const text = (from: number, length: number) => archive.toString("utf8", from, from + length).split("\0")[0] ?? "";
  let at = 0;
  while (at + blockBytes <= archive.length && archive[at] !== 0) {
    const name = [text(at + 345, 155), text(at, 100)].filter(Boolean).join("/");
    const size = Number.parseInt(text(at + 124, 12), 8) || 0;
    const mode = Number.parseInt(text(at + 100, 8), 8) || 0o644;
    const kind = text(at + 156, 1);
    const target = join(into, name);
    mkdirSync(kind === "5" ? target : dirname(target), { recursive: true });
    const body = at + blockBytes;
    if (kind === "0" || kind === "") writeFileSync(target, archive.subarray(body, body + size), { mode });
    if (kind === "2") symlinkSync(text(at + 157, 100), target);
    at = body + Math.ceil(size / blockBytes) * blockBytes;
  }
}
