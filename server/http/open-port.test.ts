import { expect, it } from "vitest";

import { openPort } from "./open-port.ts";

it("a connection that rests is kept longer than a proxy before us keeps it", async () => {
  const opened = await openPort(0);
  if (!opened.ok) throw new Error(opened.reason);
  const { door } = opened;
  door.answerWith((_request, response) => response.end("in"));
  const answer = await fetch(`http://127.0.0.1:${String(door.port)}/`);
  const seconds = /timeout=(\d+)/.exec(answer.headers.get("keep-alive") ?? "")?.[1];
  await answer.text();
  await door.close();
  expect(Number(seconds)).toBeGreaterThan(60);
});
