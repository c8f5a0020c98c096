import { group, text, type Form } from "../call/params.ts";
import { emptyAddress } from "./nothing.ts";

const fields = ["city", "country", "line1", "line2", "postal_code", "state"] as const;

/** An address as it was sent, every field named. */
export function addressFrom(sent: Form) {
  const address = emptyAddress();
  for (const field of fields) address[field] = text(sent, field) ?? null;
  return address;
}

/** Where goods go and to whom; sent empty it is taken away. */
export function shippingFrom(params: Form) {
  const sent = group(params, "shipping");
  if (!sent) return null;
  const [carrier, tracking] = [text(sent, "carrier") ?? null, text(sent, "tracking_number") ?? null];
  return {
    address: addressFrom(group(sent, "address") ?? {}),
    ...{ carrier, name: text(sent, "name") ?? "", phone: text(sent, "phone") ?? null, tracking_number: tracking },
  };
}
