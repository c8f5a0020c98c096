/** The page's data as one inline script, as the framework's own streaming entry would have sent it in pieces. */
export async function readHandoff(stream: ReadableStream<Uint8Array> | undefined, nonce: string): Promise<string> {
  if (!stream) return "";
  const text = await new Response(stream).text();
  const open = nonce ? `<script nonce="${nonce}">` : "<script>";
  const controller = "window.__remixContext.streamController";
  return `${open}${controller}.enqueue(${escapeForScript(JSON.stringify(text))});${controller}.close();</script>`;
}

const ESCAPES: Record<string, string> = {
  "&": "\\u0026",
  ">": "\\u003e",
  "<": "\\u003c",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** JSON that cannot end the script element it stands in, whatever text a person typed. */
const escapeForScript = (json: string): string => json.replace(/[&><\u2028\u2029]/g, (char) => ESCAPES[char] ?? char);
