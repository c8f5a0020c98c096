import { createServer, type Server, type Socket } from "node:net";
import { type AddressInfo } from "node:net";

import { afterEach, expect, test } from "vitest";

import { createMailSender } from "./create-mail-sender.ts";

let server: Server | undefined;
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server?.close();
});

/** A mail server that takes everything and keeps what it was told. */
async function takeMail(): Promise<{ smtpUrl: string; heard: () => string }> {
  let text = "";
  server = createServer((socket) => {
    sockets.add(socket);
    let inData = false;
    socket.write("220 test\r\n");
    socket.on("data", (chunk) => {
      const said = chunk.toString();
      text += said;
      if (inData && /\r\n\.\r\n$/.test(text)) {
        inData = false;
        socket.write("250 taken\r\n");
      } else if (!inData) {
        inData = /^DATA/im.test(said);
        socket.write(inData ? "354 go on\r\n" : "250 ok\r\n");
      }
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { smtpUrl: `smtp://127.0.0.1:${port}`, heard: () => text };
}

const from = () => Promise.resolve({ name: "Harbor\r\nBcc: all@example.com", address: "billing@example.com" });
const mail = {
  id: "m1",
  to: "ana@example.com",
  subject: "Receipt\r\nBcc: all@example.com",
  html: "<p>Paid</p>",
  plain: "Paid",
  stopUrl: "https://pay.example.com/unsubscribe/abc",
};

test("a mail has one reader, one subject and both parts, whatever its words hold", async () => {
  const { smtpUrl, heard } = await takeMail();
  await createMailSender({ smtpUrl, from })?.(mail);
  const text = heard();
  expect(text.match(/^RCPT TO:.*/gim)).toEqual(["RCPT TO:<ana@example.com>"]);
  expect(text).not.toMatch(/^Bcc:/im);
  expect(text).toMatch(/^Message-ID: <m1@example\.com>/im);
  expect(text).toMatch(/^Auto-Submitted: auto-generated/im);
  expect(text).toMatch(/^List-Unsubscribe: <https:\/\/pay\.example\.com\/unsubscribe\/abc>/im);
  expect(text).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/im);
  expect(text).toContain("text/plain");
  expect(text).toContain("text/html");
});

test("a mail server that is not there is a failure the job sees", async () => {
  const { smtpUrl } = await takeMail();
  server?.close();
  await expect(createMailSender({ smtpUrl, from })?.(mail)).rejects.toThrow();
});
