import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";

import { safeFileName } from "./rules.ts";
import { sanitizeUpload } from "./sanitize-upload.ts";

const picture = (width = 8, height = 8) =>
  sharp({ create: { width, height, channels: 3, background: { r: 10, g: 20, b: 30 } } });

describe("an upload", () => {
  it("is known by its bytes, not by its name", async () => {
    const bytes = await picture().png().toBuffer();
    const clean = await sanitizeUpload("invoice.pdf.exe", bytes);
    expect(clean).toMatchObject({ ok: true, value: { mediaType: "image/png", name: "invoice.pdf.png" } });
  });

  it("loses what was hidden in a picture", async () => {
    const secret = "BEGIN-HIDDEN-SCRIPT<script>alert(1)</script>";
    const bytes = Buffer.concat([
      await picture()
        .withExif({ IFD0: { Copyright: secret } })
        .jpeg()
        .toBuffer(),
      Buffer.from(secret),
    ]);
    const clean = await sanitizeUpload("holiday.jpg", bytes);
    expect(clean.ok && clean.value.bytes.includes("BEGIN-HIDDEN-SCRIPT")).toBe(false);
    expect(clean.ok).toBe(true);
  });

  it("is refused when it unpacks to too many pixels", async () => {
    const bytes = await picture(9_000, 9_000).png({ compressionLevel: 9 }).toBuffer();
    expect(bytes.length).toBeLessThan(1_000_000);
    expect(await sanitizeUpload("bomb.png", bytes)).toMatchObject({ ok: false });
  });

  it.each([
    ["nothing", Buffer.alloc(0), "empty_file"],
    ["a script", Buffer.from("<svg onload=alert(1)></svg>"), "type_not_accepted"],
    ["a page", Buffer.from("<!doctype html><script>1</script>"), "type_not_accepted"],
    ["a torn picture", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), "picture_unreadable"],
    ["eleven megabytes", Buffer.alloc(11 * 1024 * 1024, 1), "file_too_large"],
  ])("of %s is refused", async (_what, bytes, reason) => {
    expect(await sanitizeUpload("x", bytes)).toMatchObject({ ok: false, reason });
  });
});

it.each([
  ["../../etc/passwd", "passwd.png"],
  ["C:\\temp\\Rechnung für Mai.PNG", "Rechnung für Mai.png"],
  ["\u202egnp.exe", "gnp.png"],
  ["a\r\nSet-Cookie: x=1.png", "aSet-Cookie x=1.png"],
  ["....", "file.png"],
  ["收据.png", "收据.png"],
])("the name %j is shown as %j", (given, shown) => {
  expect(safeFileName(given, "image/png")).toBe(shown);
});

describe("bytes of any kind (S35)", () => {
  const beginnings = [
    "89504e470d0a1a0a0000000d49484452",
    "ffd8ffe000104a464946",
    "52494646ffffffff57454250",
    "",
    "3c737667",
  ];
  const bytes = fc
    .tuple(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 300 }))
    .map(([start, rest]) => Buffer.concat([Buffer.from(start, "hex"), rest]));

  it("are a picture made anew, or refused: never kept as they came, never a failure", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (upload) => {
        const clean = await sanitizeUpload("a.png", upload);
        if (clean.ok) expect(clean.value.mediaType).toMatch(/^image\/|^application\/pdf$/);
        else expect(clean.reason).toMatch(/^(empty_file|type_not_accepted|picture_unreadable|picture_too_large)$/);
      }),
      { numRuns: 500 },
    );
  });
});
