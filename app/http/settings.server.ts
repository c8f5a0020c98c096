import { data } from "@remix-run/node";

import { settingsForm } from "#app/contracts/forms/settings.ts";
import { authSentence } from "#app/contracts/messages/auth.ts";
import {
  changePassword,
  changeProfile,
  endAllSessions,
  endSession,
  getLogin,
  listSessions,
  MIN_PASSWORD_LENGTH,
  type SignedIn,
} from "#server/domains/auth/index.ts";
import { type Ctx } from "#server/platform/ctx.ts";

import { formReply, parseForm } from "./forms.server.ts";
import { redirect } from "./redirect.server.ts";

type Asked = { ctx: Ctx; signedIn: SignedIn; request: Request };

/** A person's own login, for the portal's settings and the console's alike. */
export async function readSettings({ ctx, signedIn, request }: Asked) {
  const [login, sessions] = await Promise.all([
    getLogin(ctx.db, signedIn.loginId),
    listSessions(ctx.db, signedIn.loginId),
  ]);
  return {
    login: { name: login.name, email: login.email, locale: login.locale, hasPassword: login.hasPassword },
    sessions: sessions.map((session) => ({ ...session, isThis: session.id === signedIn.sessionId })),
    least: MIN_PASSWORD_LENGTH,
    done: new URL(request.url).searchParams.get("done"),
  };
}

/** Does what one of the page's forms asks, and goes back to the page; refusals are shown beside what was typed. */
export async function changeSettings({ ctx, signedIn, request }: Asked) {
  const form = await parseForm(request, settingsForm);
  if (!form.ok) return data(form.reply, { status: 422 });
  const { value, values } = form;
  const here = new URL(request.url).pathname.replace(/\.data$/, "");
  const back = (done: string) => redirect(`${here}?done=${done}`, 303);
  switch (value.intent) {
    case "profile":
      await changeProfile({ ctx, input: { name: value.name, locale: value.locale } });
      return back("profile");
    case "password": {
      const { current = null, password } = value;
      const changed = await changePassword({ ctx, input: { current, password, keepSessionId: signedIn.sessionId } });
      if (changed.ok) return back("password");
      if (changed.reason === "proof_needed") return redirect(`/confirm?to=${encodeURIComponent(here)}`, 303);
      const field = changed.reason === "wrong_password" ? "current" : "password";
      const sentence = authSentence(changed);
      return changed.reason === "too_many_attempts"
        ? formReply(values, { message: sentence, status: 429 })
        : formReply(values, { errors: { [field]: sentence } });
    }
    case "end_session":
      await endSession({ ctx, input: { sessionId: value.sessionId } });
      return back("session");
    case "end_others":
      await endAllSessions({ ctx, input: { keepSessionId: signedIn.sessionId } });
      return back("others");
    case "end_all":
      await endAllSessions({ ctx, input: { keepSessionId: null } });
      return redirect("/sign-in?signed-out", 303);
  }
}
