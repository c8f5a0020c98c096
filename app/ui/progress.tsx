/** How far something is, with a sentence beside it ("412 of 1,930 invoices"). No `value`: under way, end unknown. */
export function Progress({ label, value, max = 100 }: { label: string; value?: number; max?: number }) {
  return (
    <div className="grid gap-1.5">
      <span className="ui-hint tabular" aria-live="polite">
        {label}
      </span>
      <progress className="ui-progress" aria-label={label} max={max} {...(value === undefined ? {} : { value })} />
    </div>
  );
}
