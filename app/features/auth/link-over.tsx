import { ButtonLink } from "#app/ui/button.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";

/** A link from a mail that leads nowhere any more; which of the reasons it is, we do not tell. */
export function LinkOver({ way }: { way: { to: string; label: string } }) {
  return (
    <div className="grid gap-6">
      <PageHeader
        title="This link does not work any more"
        lead="It has been used, a newer mail has replaced it, or its time is over. Nothing was changed."
      />
      <ButtonLink to={way.to} variant="primary" wide>
        {way.label}
      </ButtonLink>
    </div>
  );
}
