import { SHORT_NOTE_MAX, SHORT_REASONS } from "#app/contracts/messages/short-reasons.ts";
import { Field } from "#app/ui/field.tsx";
import { Select } from "#app/ui/select.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

export type ShortReasonFieldsProps = { error: string | undefined; sent: Record<string, string> | undefined };

/** Asked when a bill is paid in part. */
export function ShortReasonFields({ error, sent }: ShortReasonFieldsProps) {
  return (
    <div className="grid gap-4">
      <Field
        name="reason"
        label="Why not all of it?"
        error={error}
        hint="Our team sees it, so nobody has to ask you again."
      >
        <Select defaultValue={sent?.["reason"] ?? ""}>
          <option value="">Choose one</option>
          {Object.entries(SHORT_REASONS).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </Select>
      </Field>
      <Field name="note" label="Anything we should know?" optional>
        <TextInput maxLength={SHORT_NOTE_MAX} defaultValue={sent?.["note"] ?? ""} />
      </Field>
    </div>
  );
}
