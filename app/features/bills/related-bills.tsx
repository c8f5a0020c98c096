import { Fragment } from "react";

import { Link } from "#app/ui/link.tsx";
import type { BillDetail } from "#server/domains/invoices/index.ts";

import { billPath } from "./bill-path.ts";

type Props = { related: BillDetail["related"]; pathOf?: (number: string) => string };

/** From a late fee to the bill it is for, and back. */
export function RelatedBills({ related: { feeFor, lateFees }, pathOf = billPath }: Props) {
  if (feeFor === null && lateFees.length === 0) return null;
  return (
    <p className="mt-4 text-ink-2">
      {feeFor === null ? (
        <>
          {lateFees.length === 1 ? "It brought a late fee: " : "It brought late fees: "}
          {lateFees.map((number, at) => (
            <Fragment key={number}>
              {at === 0 ? null : ", "}
              <Link to={pathOf(number)}>{number}</Link>
            </Fragment>
          ))}
          .
        </>
      ) : (
        <>
          It is for bill <Link to={pathOf(feeFor)}>{feeFor}</Link>.
        </>
      )}
    </p>
  );
}
