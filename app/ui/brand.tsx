import { Link } from "./link.tsx";
import { Mark } from "./mark.tsx";

export type Biller = { name: string; logoUrl: string | null };

/** The biller's name and logo, as the way home. Our own mark stands in for a missing logo. */
export function Brand({ biller, to }: { biller: Biller; to: string }) {
  return (
    <Link to={to} className="ui-brand">
      {biller.logoUrl ? <img src={biller.logoUrl} alt="" width={24} height={24} /> : <Mark />}
      <span>{biller.name}</span>
    </Link>
  );
}
