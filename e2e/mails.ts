import { type APIRequestContext } from "@playwright/test";

import { expect } from "./test.ts";

export type KeptMail = { to: string; subject: string; plain: string };

/** The newest mail to an address, once there are as many as that. */
export async function mailTo(request: APIRequestContext, to: string, wanted: number): Promise<KeptMail> {
  let mine: KeptMail[] = [];
  const count = async () => {
    const all = (await (await request.get("/dev/mail.json")).json()) as KeptMail[];
    mine = all.filter((mail) => mail.to === to && mail.plain !== "");
    return mine.length;
  };
  // A server that has just made its demo data tells of all of it first.
  await expect.poll(count, { timeout: 60_000 }).toBe(wanted);
  const [newest] = mine;
  if (!newest) throw new Error("no mail");
  return newest;
}
