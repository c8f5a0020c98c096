import { type ReactNode } from "react";

import { errorsOf, type FormReply } from "#app/contracts/form-reply.ts";
import { ownOf } from "#app/contracts/own-of.ts";
import { RecoveryCodes } from "#app/features/auth/recovery-codes.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";

import { type FactorFacts, FactorSection } from "./factor-section.tsx";

import { EmailSection } from "./email-section.tsx";
import { type PasskeyRow, PasskeySection } from "./passkey-section.tsx";

export type SecurityFacts = {
  email: string;
  isStaff: boolean;
  factor: FactorFacts;
  passkeys: readonly PasskeyRow[];
  proved: boolean;
  done: string | null;
};
export type SecurityReply = FormReply | { ok: true; codes: string[] } | undefined;

const DONE: Record<string, string> = {
  factor_off: "Two-step sign-in is off. Your password, or a code by mail, is enough again.",
  email: "If nobody else signs in with that address, a link is on its way to it. Nothing changes before it is used.",
  add_passkey: "The passkey is added. Next time, choose it on the sign-in page.",
  remove_passkey: "The passkey no longer signs in as you.",
};

/** How a person signs in: the same page for customers and for staff. */
export function SecurityPage({ facts, reply, base }: { facts: SecurityFacts; reply: SecurityReply; base: string }) {
  if (reply?.ok === true) return <Narrow>{<RecoveryCodes codes={reply.codes} to={`${base}/security`} />}</Narrow>;
  const refused = errorsOf(reply)["form"];
  const done = reply === undefined ? ownOf(DONE, facts.done) : undefined;
  return (
    <div className="grid max-w-2xl gap-12">
      <div className="grid gap-4">
        <PageHeader title="Signing in" lead={`You sign in as ${facts.email}.`} />
        {done === undefined ? null : (
          <Notice tone="settled" live>
            {done}
          </Notice>
        )}
        {refused === undefined ? null : (
          <Notice tone="overdue" live>
            {refused}
          </Notice>
        )}
      </div>
      <FactorSection factor={facts.factor} isStaff={facts.isStaff} />
      <PasskeySection passkeys={facts.passkeys} proved={facts.proved} base={base} />
      <EmailSection {...emailFacts(facts, reply)} base={base} />
    </div>
  );
}

function emailFacts({ email, proved }: SecurityFacts, reply: SecurityReply) {
  const typed = reply?.ok === false && reply.values["intent"] === "email" ? reply : undefined;
  return { email, proved, typed: typed?.values["email"] ?? "", errors: typed?.errors ?? {} };
}

const Narrow = ({ children }: { children: ReactNode }) => <div className="max-w-[28rem]">{children}</div>;
