import { useNavigation } from "@remix-run/react";
import { type MouseEvent, useEffect, useRef } from "react";

export type FormErrors = Readonly<Record<string, string | null | undefined>>;

/** For a form of one field, which says itself what is wrong: the keyboard goes to it, once for each answer. */
export function ErrorFocus({ of }: { of: unknown }) {
  const ref = useRef<HTMLSpanElement>(null);
  const idle = useNavigation().state === "idle";
  useEffect(() => {
    if (idle) ref.current?.closest("form")?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [of, idle]);
  return <span ref={ref} hidden />;
}

/**
 * What went wrong with a form, above its fields: a sentence, and a link to each field. With one wrong field the focus
 * goes to it, with several or none to the summary. Field names lead to `f-<name>`; the name "form" stands for all of it.
 */
export function ErrorSummary({ errors, title }: { errors: FormErrors | null | undefined; title?: string }) {
  const ref = useRef<HTMLDivElement>(null);
  // Two forms of a page may have a field of one name: the link goes to the one in this form.
  const goTo = (name: string) => (event: MouseEvent<HTMLElement>) => {
    const field = event.currentTarget.closest("form")?.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`);
    if (!field) return;
    event.preventDefault();
    field.focus();
  };
  const entries = Object.entries(errors ?? {}).flatMap(([name, text]) => (text ? [{ name, text }] : []));
  const fields = entries.filter((entry) => entry.name !== "form");
  // While the answer is still being worked in, the button takes no press: whoever is sent to the field can press at once.
  const idle = useNavigation().state === "idle";
  // Whoever has gone on meanwhile, to type another card, is not called away from that.
  const stoodAt = useRef<Element | null>(null);
  useEffect(() => {
    stoodAt.current = document.activeElement;
  }, [errors]);
  useEffect(() => {
    if (!idle || ![stoodAt.current, document.body].includes(document.activeElement)) return;
    const invalid = ref.current?.closest("form")?.querySelectorAll<HTMLElement>('[aria-invalid="true"]') ?? [];
    (invalid.length === 1 ? invalid[0] : ref.current)?.focus();
  }, [errors, idle]);
  if (entries.length === 0) return null;
  const only = fields.length === 1 ? fields[0] : undefined;
  const whole = entries.find((entry) => entry.name === "form")?.text;
  return (
    <div className="ui-notice" data-tone="overdue" ref={ref} role="alert" tabIndex={-1}>
      <div className="grid gap-1">
        <p className="font-medium">
          {whole ??
            title ??
            (only ? (
              <a href={`#f-${only.name}`} onClick={goTo(only.name)}>
                {sentenceFor(1)}
              </a>
            ) : (
              sentenceFor(fields.length)
            ))}
        </p>
        {fields.length > 1 ? (
          <ul className="grid gap-1">
            {fields.map((field) => (
              <li key={field.name}>
                <a className="ui-link" href={`#f-${field.name}`} onClick={goTo(field.name)}>
                  {field.text}
                </a>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </div>
  );
}

const sentenceFor = (count: number): string =>
  count === 1 ? "One thing needs another look." : `${count} things need another look.`;
