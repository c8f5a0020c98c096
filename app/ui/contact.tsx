export type Contact = { name: string; phone: string | null; email: string | null };

/** "Larkhaven Water: (207) 555-0117 or help@larkhaven.example", or the name alone where no way is known. */
export function ContactWays({ contact: { name, phone, email } }: { contact: Contact }) {
  return (
    <>
      <bdi>{name}</bdi>
      {phone === null ? null : (
        <>
          :{" "}
          <a className="ui-link" href={`tel:${phone.replace(/[^\d+]/g, "")}`}>
            {phone}
          </a>
        </>
      )}
      {email === null ? null : (
        <>
          {phone === null ? ": " : " or "}
          <a className="ui-link" href={`mailto:${email}`}>
            {email}
          </a>
        </>
      )}
    </>
  );
}
