import { type ThreadData } from "#app/contracts/realtime/thread.ts";

type About = { subject: ThreadData["conversation"]["subject"]; subjectId?: string | null };

/** The name under which a first message is kept while it is written; the thread that it begins forgets it. */
export const askKeptAs = (loginId: string, { subject, subjectId = null }: About): string =>
  `ask ${loginId} ${subject} ${subjectId ?? ""}`;
