import { Field } from "./field.tsx";
import { TextInput } from "./text-input.tsx";

export type AddressPart = "line1" | "line2" | "city" | "region" | "postalCode" | "country";

export type AddressFieldsProps = {
  labels: Readonly<Record<AddressPart, string>>;
  values: Record<string, string>;
  errors: Record<string, string>;
};

/** A postal address as a form asks for it. Whole or empty; the form's contract says what is missing. */
export function AddressFields({ labels, values, errors }: AddressFieldsProps) {
  const part = (name: AddressPart, autoComplete: string) => (
    <Field key={name} name={name} label={labels[name]} error={errors[name]} optional>
      <TextInput defaultValue={values[name]} autoComplete={autoComplete} />
    </Field>
  );
  return (
    <>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        {part("line1", "address-line1")}
        {part("line2", "address-line2")}
      </div>
      <div className="grid items-start gap-3 sm:grid-cols-4">
        {part("city", "address-level2")}
        {part("region", "address-level1")}
        {part("postalCode", "postal-code")}
        {part("country", "country")}
      </div>
    </>
  );
}
