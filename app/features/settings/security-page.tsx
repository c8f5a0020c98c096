import { type ReactNode } from "react";

import { errorsOf, type FormReply } from "#app/contracts/form-reply.ts";
import { RecoveryCodes } from "#app/features/auth/recovery-codes.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";

import { type FactorFacts, FactorSection } from "./factor-section.tsx";

export type SecurityFacts = { email: string; isStaff: boolean; factor: FactorFacts; done: string | null };
export type SecurityReply = FormReply | { ok: true; codes: string[] } | undefined;

const DONE: Record<string, string> = {
  factor_off: "Two-step sign-in is off. Your password, or a code by mail, is enough again.",
};

/** How a person signs in: the same page for customers and for staff. */
export function SecurityPage({ facts, reply, base }: { facts: SecurityFacts; reply: SecurityReply; base: string }) {
  if (reply?.ok === true) return <Narrow>{<RecoveryCodes codes={reply.codes} to={`${base}/security`} />}</Narrow>;
  const refused = errorsOf(reply)["form"];
  const done = reply === undefined && facts.done !== null ? DONE[facts.done] : undefined;
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
    </div>
  );
}

const Narrow = ({ children }: { children: ReactNode }) => <div className="max-w-[28rem]">{children}</div>;
