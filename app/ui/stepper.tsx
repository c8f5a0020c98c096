/** Where a person stands in at most a handful of steps. `at` counts from 0. */
export function Stepper({ steps, at, label }: { steps: readonly string[]; at: number; label: string }) {
  return (
    <ol className="ui-steps" aria-label={label}>
      {steps.map((step, index) => (
        <li key={step} data-state={index < at ? "done" : undefined} aria-current={index === at ? "step" : undefined}>
          {step}
          {index < at ? <span className="sr-only"> (done)</span> : null}
        </li>
      ))}
    </ol>
  );
}
