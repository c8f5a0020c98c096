import { useSubmit } from "@remix-run/react";
import { useState } from "react";

import { Button } from "#app/ui/button.tsx";
import { FieldError } from "#app/ui/field.tsx";
import { KeyRound } from "#app/ui/icons.ts";

import { askPasskey, type PasskeyPurpose } from "./ask-passkey.ts";

const INTENTS: Record<PasskeyPurpose, string> = { sign_in: "passkey", confirm: "passkey", add: "add_passkey" };

type PasskeyButtonProps = {
  purpose: PasskeyPurpose;
  label: string;
  /** Where its form goes, if not to the page it stands on. */
  to?: string;
  wide?: boolean;
};

/** Asks for a passkey and sends what it says with the page's form. Needs script; without it, it is not there. */
export function PasskeyButton({ purpose, label, to, wide = true }: PasskeyButtonProps) {
  const submit = useSubmit();
  const [asking, setAsking] = useState(false);
  const [sentence, setSentence] = useState<string | null>(null);
  const press = async () => {
    setAsking(true);
    setSentence(null);
    const asked = await askPasskey(purpose);
    setAsking(false);
    if (!asked.ok) return setSentence(asked.sentence);
    const fields = { intent: INTENTS[purpose], answer: asked.answer, ...(to === undefined ? {} : { to }) };
    submit(fields, { method: "post", ...(purpose === "sign_in" ? { action: "/sign-in" } : {}) });
  };
  return (
    <div className={`needs-script grid gap-2 ${wide ? "" : "justify-items-start"}`}>
      <Button variant="secondary" wide={wide} pending={asking} onClick={() => void press()}>
        <KeyRound size={18} aria-hidden="true" className="inline" /> {label}
      </Button>
      <div role="status">{sentence ? <FieldError id={`passkey-${purpose}`} text={sentence} /> : null}</div>
    </div>
  );
}
