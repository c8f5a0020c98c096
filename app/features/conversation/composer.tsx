import { Form } from "@remix-run/react";
import { memo, type ReactNode, useRef } from "react";

import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Paperclip, SendHorizontal } from "#app/ui/icons.ts";
import { Textarea } from "#app/ui/textarea.tsx";

import { type ComposerOptions, type ComposerState, useComposer } from "./use-composer.ts";

export type ComposerProps = ComposerOptions & {
  placeholder?: string;
  /** Stands above the text: a preview, a suggestion. */
  children?: ReactNode;
};

/** Where one writes. Enter sends, Shift and Enter begin a line. The draft stays until it is sent. A plain form without script. */
export const Composer = memo(function Composer({ placeholder, children, ...options }: ComposerProps) {
  const { live, action } = options;
  const { me, conversation, clientId } = live.data;
  const area = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const composer = useComposer(options, { area, form });
  const { asNote, error, hint } = composer;
  return (
    <Form
      ref={form}
      method="post"
      action={action}
      encType="multipart/form-data"
      className="composer"
      onSubmit={composer.send}
      data-note={asNote ? "" : undefined}
    >
      <input type="hidden" name="clientId" value={clientId} />
      {me.staff ? <input type="hidden" name="seenSeq" value={live.upTo} /> : null}
      {children}
      <div className="composer-row">
        <AttachButton uploads={composer.uploads} />
        <Field
          name="body"
          id={`composer-${conversation.number}`}
          label={asNote ? "Note for staff" : "Message"}
          hideLabel
          error={error}
          hint={hint}
        >
          <Textarea
            ref={area}
            rows={1}
            defaultValue={options.reply?.values?.["body"] ?? ""}
            placeholder={placeholder ?? (asNote ? "Only staff see this" : "Write a message")}
            onChange={composer.type}
            onKeyDown={composer.onKeyDown}
          />
        </Field>
        <Button
          type="submit"
          variant="primary"
          icon
          aria-label={asNote ? "Keep note" : "Send message"}
          pending={composer.uploads.pending}
        >
          <SendHorizontal size={18} aria-hidden="true" />
        </Button>
      </div>
      <ComposerFoot composer={composer} staff={me.staff} />
    </Form>
  );
});

function AttachButton({ uploads }: { uploads: ComposerState["uploads"] }) {
  return (
    <label className="composer-attach">
      <Paperclip size={18} aria-hidden="true" />
      <span className="sr-only">Attach files</span>
      <input
        type="file"
        name="files"
        multiple
        accept="image/jpeg,image/png,image/webp,application/pdf"
        onChange={uploads.onChoose}
      />
    </label>
  );
}

function ComposerFoot({ composer, staff }: { composer: ComposerState; staff: boolean }) {
  const { asNote, setAsNote, uploads } = composer;
  if (!staff && uploads.names.length === 0) return null;
  return (
    <div className="composer-foot">
      <span className="composer-files">{uploads.names.join(", ")}</span>
      {staff ? (
        <label className="composer-note">
          <input
            type="checkbox"
            name="asNote"
            checked={asNote}
            onChange={(event) => setAsNote(event.currentTarget.checked)}
          />
          Note for staff only
        </label>
      ) : null}
    </div>
  );
}
