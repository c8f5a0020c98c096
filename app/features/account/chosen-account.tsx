import { Link } from "#app/ui/link.tsx";

/** Which account the page is about, for whoever has several, and the way to another. */
export function ChosenAccount({ account }: { account: { name: string; number: string } }) {
  return (
    <p className="mb-6 flex flex-wrap items-baseline gap-x-2 text-14 text-ink-2">
      <span>
        <bdi className="font-medium text-ink">{account.name}</bdi> · Account {account.number}
      </span>
      <Link to="/accounts" className="ui-link inline-flex min-h-11 items-center md:min-h-0">
        Switch account
      </Link>
    </p>
  );
}
