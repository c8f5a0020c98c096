import { type KeyFor } from "#server/platform/app-key.ts";
import { readSignedId, signId } from "#server/platform/signed-id.ts";

const purpose = "unsubscribe";

/** Where mails like this one are stopped: its address names the mail, and nobody's e-mail address. */
export const unsubscribePath = (keyFor: KeyFor, mailId: string): string =>
  `/unsubscribe/${signId(keyFor, { purpose, id: mailId })}`;

/** The mail that a token names, or null for whatever we have not signed. */
export const readUnsubscribeToken = (keyFor: KeyFor, token: string): string | null =>
  readSignedId(keyFor, { purpose, token });
