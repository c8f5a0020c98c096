/**
 * A PDF that the browser shows in a tab and saves under `name`. That it is private and never guessed to be something
 * else is said with every answer of the server (server/http).
 */
export function pdfResponse(bytes: Buffer, name: string): Response {
  const plain = name.replace(/[^\w.-]+/g, "-");
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": "application/pdf",
      "Content-Length": String(bytes.length),
      "Content-Disposition": `inline; filename="${plain}"; filename*=UTF-8''${encoded}`,
    },
  });
}
