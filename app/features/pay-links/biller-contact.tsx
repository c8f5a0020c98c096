import { type Contact, ContactWays } from "#app/ui/contact.tsx";

export type { Contact } from "#app/ui/contact.tsx";

/** Who to ask, for somebody who does not sign in. */
export function BillerContact({ contact }: { contact: Contact }) {
  if (contact.phone === null && contact.email === null) {
    return (
      <>
        Payments and billing questions for <bdi>{contact.name}</bdi>.
      </>
    );
  }
  return (
    <>
      Questions about this bill? <ContactWays contact={contact} />
    </>
  );
}
