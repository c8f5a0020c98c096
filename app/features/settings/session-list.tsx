import { Form } from "@remix-run/react";

import { Moment } from "#app/ui/date.tsx";
import { SectionHeader } from "#app/ui/section-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";

import { deviceName } from "#app/contracts/device-name.ts";

export type SessionRow = {
  id: string;
  isThis: boolean;
  createdAt: Date;
  lastSeenAt: Date;
  userAgent: string | null;
  ip: string | null;
};

/** Where a person is signed in, and the way out of each. */
export function SessionList({ sessions }: { sessions: readonly SessionRow[] }) {
  return (
    <section className="grid gap-4" aria-labelledby="sessions">
      <SectionHeader title="Where you are signed in" id="sessions" />
      <ul className="grid">
        {sessions.map((session) => (
          <li key={session.id} className="flex items-center justify-between gap-4 border-t border-line py-3">
            <div className="min-w-0">
              <p className="font-medium">{deviceName(session.userAgent)}</p>
              <p className="text-14 text-ink-2">
                {session.isThis ? (
                  "This device, now"
                ) : (
                  <>
                    Last used <Moment at={session.lastSeenAt} absolute />
                  </>
                )}
                {session.ip ? ` · ${session.ip}` : ""}
              </p>
            </div>
            {session.isThis ? null : (
              <Form method="post">
                <input type="hidden" name="intent" value="end_session" />
                <SubmitButton
                  variant="secondary"
                  name="sessionId"
                  value={session.id}
                  aria-label={`Sign out ${deviceName(session.userAgent)}`}
                >
                  Sign out
                </SubmitButton>
              </Form>
            )}
          </li>
        ))}
      </ul>
      <Form method="post" className="flex flex-wrap gap-2">
        {sessions.length > 1 ? (
          <SubmitButton variant="secondary" name="intent" value="end_others">
            Sign out everywhere else
          </SubmitButton>
        ) : null}
        <SubmitButton variant="secondary" name="intent" value="end_all">
          Sign out everywhere
        </SubmitButton>
      </Form>
    </section>
  );
}
