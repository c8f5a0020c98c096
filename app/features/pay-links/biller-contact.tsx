export type Contact = { name: string; phone: string | null; email: string | null };

/** Who to ask, for somebody who does not sign in. */
export function BillerContact({ contact: { name, phone, email } }: { contact: Contact }) {
  const reach = [
    phone === null ? null : (
      <a key="phone" className="ui-link" href={`tel:${phone.replace(/[^\d+]/g, "")}`}>
        {phone}
      </a>
    ),
    email === null ? null : (
      <a key="email" className="ui-link" href={`mailto:${email}`}>
        {email}
      </a>
    ),
  ].filter((way) => way !== null);
  if (reach.length === 0) return <>Payments and billing questions for {name}.</>;
  return (
    <>
      Questions about this bill? {name}: {reach[0]}
      {reach[1] ? <> or {reach[1]}</> : null}
    </>
  );
}
