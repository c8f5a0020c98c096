import { Field } from "#app/ui/field.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

export type NewPasswordFieldProps = {
  least: number;
  error: string | undefined;
  label?: string;
  optional?: boolean;
  hint?: string;
};

/** A new password, typed once: it can be pasted, and a forgotten one is replaced by mail. */
export function NewPasswordField({ least, error, label = "New password", optional, hint }: NewPasswordFieldProps) {
  return (
    <Field
      name="password"
      label={label}
      hint={hint ?? `At least ${least} characters. A few words in a row are easy to remember.`}
      error={error}
      {...(optional ? { optional } : {})}
    >
      <TextInput type="password" autoComplete="new-password" />
    </Field>
  );
}
