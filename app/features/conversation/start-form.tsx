import { Form, useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";

import { Field } from "#app/ui/field.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { Textarea } from "#app/ui/textarea.tsx";
import { useKeptForm } from "#app/ui/use-kept-form.ts";

import { type ComposerReply } from "./composer-reply.ts";

export type StartFormProps = {
  /** "bill:INV-10423", or empty for a general question. */
  about: string;
  clientId: string;
  /** The name its text is kept under until it is sent (`askKeptAs`). */
  keptAs: string;
  label: string;
  reply?: ComposerReply | undefined;
};

/** The first message of a new conversation. */
export function StartForm({ keptAs, ...props }: StartFormProps) {
  const { kept, onInput } = useKeptForm(keptAs);
  return (
    <Form method="post" action="/messages" encType="multipart/form-data" className="grid gap-3" onInput={onInput}>
      <StartFields {...props} kept={kept} />
      <div>
        <SubmitButton>Send message</SubmitButton>
      </div>
    </Form>
  );
}

/** The same in the dock: stays on the page, and tells when the conversation stands. */
export function DockStartForm({ onStarted, keptAs, ...props }: StartFormProps & { onStarted: () => void }) {
  const fetcher = useFetcher<ComposerReply>();
  const { kept, onInput } = useKeptForm(keptAs);
  const started = useRef(onStarted);
  useEffect(() => {
    started.current = onStarted;
  });
  useEffect(() => {
    if (fetcher.state === "idle" && fetcher.data?.ok) started.current();
  }, [fetcher.state, fetcher.data]);
  return (
    <fetcher.Form
      method="post"
      action="/messages"
      encType="multipart/form-data"
      className="dock-start"
      onInput={onInput}
    >
      <input type="hidden" name="stay" value="1" />
      <StartFields {...props} kept={kept} reply={fetcher.data} />
      <div>
        <SubmitButton pending={fetcher.state !== "idle"}>Send message</SubmitButton>
      </div>
    </fetcher.Form>
  );
}

type StartFieldsProps = Omit<StartFormProps, "keptAs"> & { kept: Record<string, string> | null };

function StartFields({ about, clientId, label, reply, kept }: StartFieldsProps) {
  const values = reply && !reply.ok ? reply.values : undefined;
  return (
    <>
      <input type="hidden" name="clientId" value={values?.["clientId"] ?? clientId} />
      <input type="hidden" name="about" value={about} />
      {reply?.message && !values ? <Notice tone="overdue">{reply.message}</Notice> : null}
      <Field name="body" id={`start-${clientId}`} label={label} error={values ? reply?.message : null}>
        <Textarea
          key={kept ? "kept" : "new"}
          rows={4}
          defaultValue={values?.["body"] ?? kept?.["body"] ?? ""}
          placeholder="What is it about?"
        />
      </Field>
    </>
  );
}
