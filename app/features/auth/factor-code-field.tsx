import { Field } from "#app/ui/field.tsx";
import { TextInput } from "#app/ui/text-input.tsx";

/** The code of an authenticator app; where `recovery` is allowed, one of the codes on paper too. */
export function FactorCodeField({ error, recovery = false }: { error: string | undefined; recovery?: boolean }) {
  return (
    <Field
      name="code"
      label="Code"
      hint={
        recovery ? "6 digits from your authenticator app, or one of your recovery codes." : "6 digits from the app."
      }
      error={error}
    >
      <TextInput
        autoComplete="one-time-code"
        inputMode={recovery ? "text" : "numeric"}
        autoCapitalize="characters"
        spellCheck={false}
        autoFocus
        maxLength={60}
        className="ui-input tabular"
      />
    </Field>
  );
}
