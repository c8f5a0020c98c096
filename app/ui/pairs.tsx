import { type ReactNode } from "react";

export type Pair = { label: ReactNode; value: ReactNode; total?: boolean };

/** Names and their values in two columns: an allocation, a receipt's rows, an account's facts. */
export function Pairs({ pairs }: { pairs: readonly Pair[] }) {
  return (
    <dl className="ui-pairs">
      {pairs.map((pair, at) => (
        <div className="ui-pair" data-total={pair.total ? "" : undefined} key={at}>
          <dt>{pair.label}</dt>
          <dd>{pair.value}</dd>
        </div>
      ))}
    </dl>
  );
}
