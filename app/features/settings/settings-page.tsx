import { useLocation } from "@remix-run/react";
import { type ReactNode } from "react";

import { errorsOf, type FormReply } from "#app/contracts/form-reply.ts";
import { ownOf } from "#app/contracts/own-of.ts";
import { Answer } from "#app/ui/answer.tsx";
import { Link } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";

import { PasswordForm } from "./password-form.tsx";
import { ProfileForm } from "./profile-form.tsx";
import { type SessionRow, SessionList } from "./session-list.tsx";

export type SettingsFacts = {
  login: { name: string; email: string; locale: string; hasPassword: boolean };
  sessions: readonly SessionRow[];
  least: number;
  done: string | null;
};

const DONE: Record<string, string> = {
  profile: "Saved.",
  password: "Your password is changed. Everywhere else, you are signed out.",
  session: "That device is signed out.",
  others: "Everywhere else, you are signed out.",
};

type SettingsPageProps = {
  facts: SettingsFacts;
  reply: FormReply | undefined;
  base: "/settings" | "/console/settings";
  /** Ways to further settings; without them the page of signing in is named where it belongs. */
  places?: ReactNode;
};

/** A person's own login: the same page for customers and for staff. */
export function SettingsPage({ facts, reply, base, places }: SettingsPageProps) {
  const { key } = useLocation();
  const errors = errorsOf(reply);
  const intent = reply?.values["intent"];
  const done = reply === undefined ? ownOf(DONE, facts.done) : undefined;
  return (
    <div className="grid max-w-2xl gap-10">
      <div className="grid gap-2">
        <PageHeader title="Settings" lead={`You sign in as ${facts.login.email}.`} />
        {done === undefined ? null : <Answer of={key}>{done}</Answer>}
        {places}
      </div>
      <ProfileForm
        login={facts.login}
        values={intent === "profile" ? reply?.values : undefined}
        errors={intent === "profile" ? errors : {}}
      />
      <PasswordForm
        hasPassword={facts.login.hasPassword}
        least={facts.least}
        errors={intent === "password" ? errors : {}}
      />
      {places ? null : <SigningIn base={base} />}
      <SessionList sessions={facts.sessions} />
    </div>
  );
}

function SigningIn({ base }: Pick<SettingsPageProps, "base">) {
  return (
    <section className="grid gap-2" aria-labelledby="signing-in">
      <SectionHeader title="Signing in" id="signing-in" />
      <p className="text-ink-2">
        <Link to={`${base}/security`}>Two-step sign-in, passkeys and your e-mail address</Link>: how we know that it is
        you.
      </p>
    </section>
  );
}
