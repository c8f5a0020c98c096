import { type ReactNode } from "react";

import { type Money as MoneyValue } from "#app/contracts/money.ts";

import { Money } from "./money.tsx";
import { type Pair, Pairs } from "./pairs.tsx";
import { Status, type Tone } from "./status.tsx";

export type ReceiptCardProps = {
  title: ReactNode;
  amount: MoneyValue;
  state: { tone: Tone; word: string };
  rows?: readonly Pair[];
  /** The money action's id (`jrn_…`, `pay_…`), and when it happened. */
  id?: string;
  when?: ReactNode;
  actions?: ReactNode;
  /** `card` in a thread, `page` as a receipt of its own. */
  size?: "card" | "page";
};

/** A receipt. The same paper on its own page and as a money card in a thread, so that people know it again. */
export function ReceiptCard(props: ReceiptCardProps) {
  const { title, amount, state, rows = [], id, when, actions, size = "card" } = props;
  return (
    <article className="ui-receipt" data-size={size}>
      <div className="ui-receipt-head">
        <span className="ui-receipt-title">{title}</span>
        <Status tone={state.tone}>{state.word}</Status>
        <span className="ui-receipt-amount">
          <Money value={amount} size={size === "page" ? "hero" : "lead"} />
        </span>
      </div>
      {rows.length > 0 ? (
        <div>
          <Pairs pairs={rows} />
        </div>
      ) : null}
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      {id || when ? (
        <div className="ui-receipt-foot">
          <span>{when}</span>
          {id ? <span className="tabular">{id}</span> : null}
        </div>
      ) : null}
    </article>
  );
}
